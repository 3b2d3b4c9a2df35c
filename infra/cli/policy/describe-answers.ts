import type { Policy, RejectReason } from '../../../shared/policy/schema.ts';
import { clockTime, listed } from './words.ts';

/** What a rejection leads to, by its consequence. */
export const describeAnswers = ({ reject }: Policy): readonly string[] =>
  reject.map((reason) => `${reason.label.en}: ${consequence(reason)}.`);

const counts: Readonly<Record<RejectReason['counts'], string>> = {
  criteria: 'counts against the criteria',
  timing: 'counts as bad timing',
  data: 'counts against the data',
  none: 'counts against nobody',
};

/** `rests for 90 days, then may qualify again; counts as bad timing` */
export const consequence = ({
  do: act,
  rest,
  askUntil,
  noteRequired,
  afterAttempts,
  from,
  counts: against,
}: RejectReason): string =>
  [
    actWords({ act, rest, askUntil }),
    counts[against],
    ...(noteRequired ? ['the rep has to say more'] : []),
    ...(from === undefined ? [] : [`only from ${listed(from, 'or')}`]),
    ...(afterAttempts ? ['only after enough attempts to reach it'] : []),
  ].join('; ');

const actWords = ({
  act,
  rest,
  askUntil,
}: Readonly<{ act: RejectReason['do']; rest: number | undefined; askUntil: boolean }>): string => {
  switch (act) {
    case 'disqualify':
      return 'out for good, unless it asks to talk';
    case 'reroute':
      return 'a colleague gets it, and the deadline goes on';
    case 'recycle':
      if (askUntil) return 'rests until the day that the rep names, then may qualify again';
      return rest === undefined || rest === 0
        ? 'back to marketing, may qualify again at once'
        : `rests for ${clockTime(rest)}, then may qualify again`;
  }
};
