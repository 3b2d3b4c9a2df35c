/** Where a lead stands. `inquiry` to `customer` is the path; the rest are off it. */
export const stages = [
  'inquiry',
  'mql',
  'sal',
  'sql',
  'customer',
  'recycled',
  'disqualified',
  'lost',
] as const;
export type Stage = (typeof stages)[number];
