import { clamp, wholePoints } from '../../../shared/domain/fold/score.ts';
import { reachablePoints } from '../../../shared/policy/reachable-points.ts';
import type { Policy, Rule } from '../../../shared/policy/schema.ts';
import { listed } from './words.ts';

/** Leads as people imagine them, and what the criteria make of them. Everything they do, they do today. */
export const workedExamples = (policy: Policy): readonly string[] => {
  const { scoring, mql } = policy;
  const ideal = reachablePoints(policy).fit;
  const usual = rulesOf(policy, ['content-downloaded', 'newsletter-subscribed', 'social-engaged']);
  const mails = Math.min(scoring.categories.email?.cap ?? 0, scoring.engagementCap);
  const most = reachablePoints(policy).engagement;
  const asks = scoring.rules.find(({ intent }) => intent);
  return [
    ...(usual.length > 0
      ? [example(policy, listed(usual.map(({ label }) => label.en)), engagementOf(policy, usual), ideal)]
      : []),
    ...(mails > 0 ? [example(policy, 'nothing but mails opened and clicked', mails, ideal)] : []),
    example(policy, 'nothing at all', 0, ideal),
    example(policy, 'everything there is', most, 0),
    ...(asks === undefined
      ? []
      : [
          `${asks.label.en}, whatever the fit: an MQL at once${mql.hot.some((hot) => hot.intent === true) ? `, and hot with fit from ${hotFit(policy)}` : ''}.`,
        ]),
  ];
};

const hotFit = ({ mql }: Policy): number =>
  Math.min(...mql.hot.filter(({ intent }) => intent === true).map(({ fit }) => fit ?? 0));

const rulesOf = ({ scoring }: Policy, kinds: readonly string[]): readonly Rule[] =>
  kinds.flatMap((kind) => scoring.rules.find((rule) => rule.kind.includes(kind)) ?? []);

const engagementOf = ({ scoring }: Policy, rules: readonly Rule[]): number => {
  const sums = Object.entries(scoring.categories).map(([name, { floor, cap }]) =>
    clamp(
      rules.filter(({ category }) => category === name).reduce((sum, { points }) => sum + points, 0),
      floor,
      cap,
    ),
  );
  return Math.min(
    scoring.engagementCap,
    sums.reduce((all, sum) => all + sum, 0),
  );
};

const example = ({ mql }: Policy, what: string, engagement: number, fit: number): string => {
  const { threshold } = mql;
  const score = wholePoints(engagement + fit);
  const lacking = [
    ...(score < threshold.score ? [`the score is below ${threshold.score}`] : []),
    ...(wholePoints(engagement) < threshold.engagement
      ? [`engagement is below ${threshold.engagement}`]
      : []),
    ...(wholePoints(fit) < threshold.fit ? [`fit is below ${threshold.fit}`] : []),
  ];
  const verdict = lacking.length === 0 ? 'an MQL' : `no MQL: ${listed(lacking)}`;
  const profile = fit === 0 ? 'an unknown profile' : 'an ideal profile';
  return `${what}, with ${profile}: ${engagement} + ${fit} = ${score}, ${verdict}.`;
};
