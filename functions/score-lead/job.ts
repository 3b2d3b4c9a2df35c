import { strongestName } from '../../shared/domain/identity.ts';
import { subscriptions } from '../../shared/events/subscriptions.ts';
import { allAtOnce, defineJob } from '../../shared/job.ts';
import { makeChangeAccount } from './change-account.ts';
import { makeScoreLead, type ScoreLeadDeps } from './score-lead.ts';

/** EngagementRecorded, ProfileChanged -> LeadStageChanged, LeadAskedToTalk, LeadEngaged, ConsentStated. */
export const scoreLeadJob = (deps: ScoreLeadDeps) => {
  const scoreLead = makeScoreLead(deps);
  const changeAccount = makeChangeAccount(deps);
  return defineJob(subscriptions['score-lead'], {
    groupOf: ({ type, detail }) =>
      type === 'AccountChanged' ? `account:${detail.domain}` : strongestName(detail.lead),
    work: allAtOnce(async (messages) => {
      const ofLeads = messages.filter((message) => message.type !== 'AccountChanged');
      if (ofLeads.length > 0) await scoreLead(ofLeads);
      for (const { type, detail } of messages) if (type === 'AccountChanged') await changeAccount(detail);
    }),
  });
};
