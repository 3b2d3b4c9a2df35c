import * as v from 'valibot';
import { once } from './once.ts';

/** The later ones are the stricter ones: of two with the same sequence the stricter counts. */
export const verdicts = ['release', 'hold', 'void'] as const;

export const verdictSchema = once(() =>
  v.object({
    /** The command that brought it. */
    id: v.string(),
    engagementId: v.string(),
    verdict: v.picklist(verdicts),
    /** The highest counts, in whichever order they come. */
    sequence: v.number(),
    by: v.string(),
    reason: v.string(),
    /** When it was said, where that was told. */
    at: v.optional(v.string()),
    /** The engagement came while it did not count: nobody has heard of it yet. */
    untold: v.optional(v.literal(true)),
  }),
);
/** What somebody said of one engagement. Held and voided ones stay in the timeline and count for nothing. */
export type Verdict = Readonly<v.InferOutput<ReturnType<typeof verdictSchema>>>;

export const letsCount = (verdict: Pick<Verdict, 'verdict'> | undefined): boolean =>
  verdict === undefined || verdict.verdict === 'release';

/** Of two of one engagement; the same one does not overrule itself. */
export const overrules = (a: Verdict, b: Verdict): boolean => {
  if (a.sequence !== b.sequence) return a.sequence > b.sequence;
  if (a.verdict !== b.verdict) return verdicts.indexOf(a.verdict) > verdicts.indexOf(b.verdict);
  return a.id > b.id;
};
