import { domainsIn } from '../../../shared/domain/domain-list.ts';
import type { Policy } from '../../../shared/policy/schema.ts';
import { listed } from './words.ts';
import { workedExamples } from './worked-examples.ts';

/** What makes an MQL, a hot one, a cold one, and who never is one. */
export const describeCriteria = (policy: Policy): readonly string[] => {
  const { mql, exclude, scoring } = policy;
  const { score, engagement, fit } = mql.threshold;
  const asking = scoring.rules.filter(({ intent }) => intent).map(({ label }) => label.en);
  const never = [
    ...domainWords(policy),
    ...(exclude.roles.length > 0 ? [`roles such as ${listed(exclude.roles)}`] : []),
    ...(exclude.industries.length > 0 ? [`the industries ${listed(exclude.industries)}`] : []),
    ...(exclude.unservedCountries.length > 0 ? [`people in ${listed(exclude.unservedCountries)}`] : []),
  ];
  return [
    `A lead becomes an MQL when its score reaches ${score}, of which at least ${engagement} is engagement and ${fit} is fit, and its e-mail address is known.`,
    `Or when it asks to talk: ${listed(asking, 'or')}.`,
    `Never: ${never.length === 0 ? 'nobody is excluded' : listed(never)}.`,
    `It is hot ${listed(mql.hot.map(hotWords), 'or')}.`,
    `An MQL without an open handoff has gone cold when its engagement falls below ${mql.cold.engagement}; it is recycled then.`,
    surgeWords(policy.surge),
    'For example:',
    ...workedExamples(policy).map((line) => `  ${line}`),
  ];
};

const surgeWords = (surge: Policy['surge']): string =>
  surge === undefined
    ? 'However many become MQLs at once, they go on.'
    : `From ${surge.min} MQLs by points in an hour on, more than ${surge.over} times the usual are held back until baton surge release lets them go on; who asks to talk never is.`;

const domainWords = ({ exclude, domains }: Policy): readonly string[] => {
  const named = exclude.domains.filter((entry) => entry !== 'disposable');
  const names = named.map((entry) => {
    const own = domains.own[entry];
    return own === undefined ? entry : `the ${domainsIn(own).length} domains in ${entry}`;
  });
  return [
    ...(names.length > 0 ? [`mailboxes of ${listed(names)}`] : []),
    ...(named.length < exclude.domains.length ? ['disposable mailboxes'] : []),
  ];
};

const hotWords = ({ intent, fit, score }: Policy['mql']['hot'][number]): string => {
  const conditions = [
    ...(intent === undefined ? [] : [intent ? 'it asks to talk' : 'it does not ask to talk']),
    ...(fit === undefined ? [] : [`its fit is ${fit} or more`]),
    ...(score === undefined ? [] : [`its score is ${score} or more`]),
  ];
  return `if ${listed(conditions)}`;
};
