import { expect, it } from 'vitest';
import { factDefinitions } from '../../shared/events/facts.ts';
import { inboundEvents } from '../../shared/events/inbound.ts';
import { type Resource, resourcesOf, templateOf } from './synthesize.ts';

/** What makes each function run. Facts count only if Baton says so, events of producers from whichever source. */
const wiring = {
  'score-lead': { events: 'EngagementRecorded ProfileChanged AccountChanged' },
  'advance-lead': {
    facts:
      'HandoffOpened HandoffAccepted HandoffRejected HandoffQualified HandoffPulledBack HandoffWithdrawn',
    events: 'DealChanged',
    due: 'LEADS_QUEUE_URL',
  },
  'open-handoff': { facts: 'LeadStageChanged LeadAskedToTalk LeadPriorityChanged LeadMerged' },
  'watch-sla': { due: 'HANDOFFS_QUEUE_URL' },
  'answer-handoff': { events: 'HandoffAnswered' },
  'answer-handoff-page': { http: 'GET HEAD POST /handoffs/answer, GET HEAD POST /handoffs/manage' },
  'answer-handoff-api': { http: 'GET /api/handoffs/{id}, POST /api/handoffs/{id}/answers' },
  'change-roster-api': { http: 'GET PUT /api/roster' },
  'notify-sales': {
    facts:
      'HandoffOpened HandoffReminded HandoffBreached HandoffEscalated HandoffReassigned HandoffGivenUntil HandoffPulledBack HandoffAccepted HandoffRejected RepAlerted',
    due: 'NOTICES_QUEUE_URL',
  },
  'enroll-nurture': {
    facts:
      'LeadStageChanged LeadEngaged LeadAskedToTalk HandoffOpened HandoffContacted ConsentChanged LeadMerged',
  },
  'send-nurture-mail': { due: 'NURTURE_QUEUE_URL' },
  'change-consent': { facts: 'ConsentStated' },
  'change-consent-page': { http: 'GET HEAD POST /consent/confirm, GET HEAD POST /unsubscribe' },
  'record-journey': { facts: factDefinitions.map(({ type }) => type).join(' ') },
  'relay-facts': { streams: 'Leads Handoffs Nurture' },
  tick: { every: 'rate(1 minute)' },
  reconcile: { every: 'rate(5 minutes)' },
};

const resources = resourcesOf(templateOf('prod'));
const ofType = (type: string) => Object.entries(resources).filter(([, { Type }]) => Type === type);
const pathOf = (id: string) => resources[id]?.Metadata?.['aws:cdk:path'] ?? id;

const variables = ({ Properties }: Resource): Record<string, unknown> => Properties.Environment.Variables;
const tick = ofType('AWS::Lambda::Function').find(([, fn]) => variables(fn).SERVICE_NAME === 'tick')![1];

const sourcesOf = (functionId: string): string[] =>
  ofType('AWS::Lambda::EventSourceMapping')
    .filter(([, { Properties }]) => Properties.FunctionName.Ref === functionId)
    .map(([, { Properties }]) => Properties.EventSourceArn['Fn::GetAtt'][0]);

const targetsOf = ({ Properties }: Resource): string[] =>
  Properties.Targets.map(({ Arn }: { Arn: Record<string, string[]> }) => Arn['Fn::GetAtt']![0]);

const wiringOf = (functionId: string): Record<string, string> => {
  const [source, ...others] = sourcesOf(functionId);
  const rules = ofType('AWS::Events::Rule').map(([, rule]) => rule);
  const found: Record<string, string> = {};
  for (const rule of rules.filter((candidate) => targetsOf(candidate).includes(source ?? ''))) {
    const { EventPattern: pattern, EventBusName: bus } = rule.Properties;
    expect(pathOf(bus.Ref)).toContain('/Platform/Bus');
    if (pattern.source) expect(pattern.source).toEqual(['baton']);
    found[pattern.source ? 'facts' : 'events'] = pattern['detail-type'].join(' ');
  }
  for (const rule of rules.filter((candidate) => targetsOf(candidate).includes(functionId)))
    found.every = rule.Properties.ScheduleExpression;
  const fed = Object.entries(variables(tick)).find(
    ([key, value]) => key.endsWith('_QUEUE_URL') && source !== undefined && isRefTo(source, value),
  );
  if (fed !== undefined) found.due = fed[0];
  if (others.length > 0) found.streams = [source!, ...others].map((id) => pathOf(id).split('/')[2]).join(' ');
  const http = httpOf(functionId);
  if (http !== '') found.http = http;
  return found;
};

const isRefTo = (id: string, value: unknown) => JSON.stringify(value) === JSON.stringify({ Ref: id });

const httpOf = (functionId: string): string => {
  const integrations = ofType('AWS::ApiGatewayV2::Integration')
    .filter(([, { Properties }]) => JSON.stringify(Properties.IntegrationUri).includes(`"${functionId}"`))
    .map(([id]) => id);
  const routes = ofType('AWS::ApiGatewayV2::Route')
    .filter(([, { Properties }]) => integrations.some((id) => JSON.stringify(Properties.Target).includes(id)))
    .map(([, { Properties }]) => String(Properties.RouteKey).split(' '));
  const byPath = Map.groupBy(routes, ([, path]) => path);
  return [...byPath].map(([path, keys]) => `${keys.map(([method]) => method).join(' ')} ${path}`).join(', ');
};

it('each function runs when it should', () => {
  const found = ofType('AWS::Lambda::Function').map(([id, fn]) => [variables(fn).SERVICE_NAME, wiringOf(id)]);
  expect(Object.fromEntries(found)).toEqual(wiring);
});

it('every event that producers may send has somebody who listens', () => {
  const heard = Object.values(wiring).flatMap((by) => ('events' in by ? by.events.split(' ') : []));
  expect(heard.sort()).toEqual(inboundEvents.map(({ type }) => type).sort());
});
