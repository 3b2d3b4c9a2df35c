import { styleText } from 'node:util';
import { dynamoLeadReader } from '../../../shared/adapters/dynamo-leads.ts';
import { dynamoPolicySource } from '../../../shared/adapters/dynamo-policy.ts';
import type { LeadOutline } from '../../../shared/domain/lead-view.ts';
import type { LocalEnvironment } from '../local-environment.ts';
import { factLine } from './fact-line.ts';
import { localTime } from './local-time.ts';
import { watchScores } from './watch-scores.ts';

/** Prints what happens as it happens: scores, moves, handoffs, escalations, mails. */
export const showLive = async (
  environment: LocalEnvironment,
  say: (line: string) => void,
): Promise<Readonly<{ stop(): void }>> => {
  const { tap, stack, names, dynamo, policy, roster, now } = environment;
  // Somebody may publish another one meanwhile.
  const policies = dynamoPolicySource(dynamo, names.PolicyTableName);
  const reader = dynamoLeadReader(dynamo, names.LeadsTableName, policies);
  const view = async (leadId: string) => reader.view(leadId, await policies.current(), now());
  const tell = (mark: string, text: string) =>
    say(`${styleText('dim', localTime(now(), policy.zone))} ${mark} ${text}`);

  // Lines keep the order of what happened, though some first ask who it is about.
  let told: Promise<unknown> = Promise.resolve();
  const inOrder = (line: () => Promise<void>) => {
    told = told.then(line).catch((error: unknown) => tell('!', String(error)));
  };

  tap.onFact((fact) =>
    inOrder(async () => {
      const line = factLine(fact, nameOf(await view(fact.leadId), fact.leadId), roster, policy.zone);
      if (line !== undefined) tell(line.mark, line.text);
    }),
  );
  const stopMails = stack.mailFront.onMail(({ stream, to, subject }) =>
    inOrder(async () => tell('✉', `${(stream ?? 'mail').padEnd(9)} to ${to}: ${subject}`)),
  );
  const shown = new Map<string, number>();
  const scores = watchScores(environment, async (leadId) => {
    const lead = await view(leadId);
    const before = shown.get(leadId);
    if (lead === undefined || lead.score === before) return;
    shown.set(leadId, lead.score);
    const change = before === undefined ? `${lead.score} points` : `${before} → ${lead.score} points`;
    inOrder(async () => tell('★', `${nameOf(lead, leadId)}: ${change} (${lead.stage})`));
  });
  return {
    stop() {
      stopMails();
      scores.stop();
    },
  };
};

const nameOf = (lead: LeadOutline | undefined, leadId: string): string => {
  const { firstName, lastName, company, email } = lead?.profile ?? {};
  const person = [firstName?.value, lastName?.value].filter((part) => part !== undefined).join(' ');
  const name = person || email?.value || `lead ${leadId.slice(0, 8)}`;
  return company === undefined ? name : `${name} (${company.value})`;
};
