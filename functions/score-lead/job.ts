import { strongestName } from '../../shared/domain/identity.ts';
import type { HistoryImported } from '../../shared/events/commands.ts';
import type { AccountChanged, EngagementRecorded, ProfileChanged } from '../../shared/events/inbound.ts';
import { scoreLeadEvents } from '../../shared/events/subscriptions.ts';
import { allAtOnce, defineJob } from '../../shared/job.ts';
import { makeChangeAccount } from './change-account.ts';
import { makeScoreLead, makeTakeHistory, type ScoreLeadDeps } from './score-lead.ts';

/** EngagementRecorded, ProfileChanged, HistoryImported -> LeadStageChanged, LeadAskedToTalk, LeadEngaged, ConsentStated. */
export const scoreLeadJob = (deps: ScoreLeadDeps) => {
  const scoreLead = makeScoreLead(deps);
  const takeHistory = makeTakeHistory(deps);
  const changeAccount = makeChangeAccount(deps);
  return defineJob(scoreLeadEvents, {
    groupOf: ({ type, detail }) => subjectOf(type === 'HistoryImported' ? detail.events[0]?.detail : detail),
    work: allAtOnce(async (messages) => {
      const now = messages.filter((message) => message.type !== 'HistoryImported');
      const past = messages.flatMap(({ type, detail, receivedAt }) =>
        type === 'HistoryImported' ? detail.events.map((event) => ({ ...event, receivedAt })) : [],
      );
      const ofLeads = now.filter((message) => message.type !== 'AccountChanged');
      if (ofLeads.length > 0) await scoreLead(ofLeads);
      const ofLeadsBefore = past.filter((message) => message.type !== 'AccountChanged');
      if (ofLeadsBefore.length > 0) await takeHistory(ofLeadsBefore);
      for (const { type, detail } of [...now, ...past])
        if (type === 'AccountChanged') await changeAccount(detail);
    }),
  });
};

type Detail =
  | EngagementRecorded
  | ProfileChanged
  | AccountChanged
  | HistoryImported['events'][number]['detail'];

/** The lead or the company that it is about. */
const subjectOf = (detail: Detail | undefined): string => {
  if (detail === undefined) return '';
  return 'lead' in detail ? strongestName(detail.lead) : `account:${detail.domain}`;
};
