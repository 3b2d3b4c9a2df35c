import { problemIf, unknownName } from './find-problems.ts';
import type { PolicyPath, PolicyProblem } from './policy-problem.ts';
import type { Campaign, PolicyRules } from './schema.ts';

/** Campaigns start, go on and end. Whether their texts exist is seen when the policy is compiled. */
export const checkCampaigns = ({ campaigns, scoring }: PolicyRules): readonly PolicyProblem[] => {
  const kinds = new Set(scoring.rules.flatMap(({ kind }) => kind));
  return Object.entries(campaigns).flatMap(([name, campaign]) => {
    const path = ['campaigns', name];
    return [
      ...checkStart(path, campaign, kinds),
      ...checkSteps([...path, 'steps'], campaign),
      ...problemIf(
        campaign.stream === 'marketing' && !campaign.exitAt.includes('sql'),
        [...path, 'exitAt'],
        'must hold sql: nothing from marketing once somebody wants to buy',
      ),
      ...problemIf(
        campaign.reentryAfter === 0,
        [...path, 'reentryAfter'],
        'must be above 0; leave it out if once is enough',
      ),
    ];
  });
};

/** These answer what the lead did; all else needs consent. */
const startsOfService = new Set(['asked-to-talk', 'consent-requested']);

const checkStart = (
  path: PolicyPath,
  { start, stream, exitAt }: Campaign,
  kinds: ReadonlySet<string>,
): readonly PolicyProblem[] => {
  const stage = start.on === 'stage' ? start.stage : undefined;
  return [
    ...(start.on === 'engagement'
      ? start.kind.flatMap((kind) =>
          unknownName([...path, 'start', 'kind'], kind, kinds, 'kind that a rule scores'),
        )
      : []),
    ...problemIf(
      stage !== undefined && exitAt.includes(stage),
      [...path, 'exitAt', stage === undefined ? 0 : exitAt.indexOf(stage)],
      `is ${stage}, where the campaign starts: it would end at once`,
    ),
    ...problemIf(
      stream === 'marketing' && (stage === 'sql' || stage === 'customer'),
      [...path, 'start', 'stage'],
      `is ${stage}, where nobody gets marketing: it would never send`,
    ),
    ...problemIf(
      stream === 'service' && !startsOfService.has(start.on),
      [...path, 'stream'],
      'must be marketing: only answers to who asks to talk, or asks for mail, go without consent',
    ),
    ...problemIf(
      stream === 'marketing' && start.on === 'consent-requested',
      [...path, 'stream'],
      'must be service: nobody has agreed to marketing yet',
    ),
  ];
};

const checkSteps = (path: PolicyPath, { steps }: Campaign): readonly PolicyProblem[] => [
  ...problemIf(steps.length === 0, path, 'is empty: name a text to send'),
  ...steps.flatMap(({ send, after }, i) => {
    const before = steps[i - 1]?.after;
    const same = steps.findIndex((step) => step.send === send);
    return [
      ...problemIf(
        before !== undefined && after < before,
        [...path, i, 'after'],
        'is earlier than the step before it: times count from the start of the campaign',
      ),
      ...problemIf(
        before !== undefined && after === before,
        [...path, i, 'after'],
        'is the time of the step before it: give the lead time between two mails',
      ),
      ...problemIf(
        same < i,
        [...path, i, 'send'],
        `sends ${send} again: step ${same + 1} has sent it already`,
      ),
    ];
  }),
];
