import type { PolicyRules } from './schema.ts';

/** The most that any lead can ever have. */
export const reachablePoints = ({
  scoring: { engagementCap, categories, rules, patterns, fit },
}: PolicyRules): Readonly<{ engagement: number; fit: number; score: number }> => {
  const paying = new Set(
    [...rules, ...patterns].filter(({ points }) => points > 0).map(({ category }) => category),
  );
  const caps = Object.entries(categories).map(([name, { cap }]) => (paying.has(name) ? cap : 0));
  const engagement = Math.min(engagementCap, sum(caps));
  const parts = [
    Object.values(fit.segment),
    ...[fit.industry, fit.role, fit.region, fit.ageBand ?? {}].map((bands) =>
      Object.values(bands).map(({ points }) => points),
    ),
    [fit.mailbox.business, fit.mailbox.free, fit.mailbox.disposable ?? fit.mailbox.free],
  ];
  // A trait that is not known counts nothing.
  const bestFit = Math.min(fit.cap, sum(parts.map((points) => Math.max(0, ...points))));
  return { engagement, fit: bestFit, score: engagement + bestFit };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
