import * as v from 'valibot';
import type { Instant } from './time.ts';

/** BANT and location: what sales wants to know of a lead. */
export const criteria = ['budget', 'authority', 'need', 'timeline', 'location'] as const;
export type Criterion = (typeof criteria)[number];

export const judgements = ['met', 'not-met', 'unknown'] as const;
export type Judgement = (typeof judgements)[number];

const finding = v.object({
  judgement: v.picklist(judgements),
  /** Id in the roster; `baton` for what was concluded from the profile and from forms. */
  by: v.string(),
  at: v.string(),
  /** In the rep's words, or the lead's own. */
  note: v.optional(v.string()),
});
export type Finding = Readonly<v.InferOutput<typeof finding>>;

export const qualificationSchema = v.object({
  budget: v.optional(finding),
  authority: v.optional(finding),
  need: v.optional(finding),
  timeline: v.optional(finding),
  location: v.optional(finding),
});
export type Qualification = Readonly<v.InferOutput<typeof qualificationSchema>>;

/** What somebody says of a lead, with or without a note. */
export type Statement = Readonly<
  Partial<Record<Criterion, Judgement | Readonly<{ judgement: Judgement; note?: string | undefined }>>>
>;

export const concludedBy = 'baton';

/** A statement as it is kept. */
export const findingsOf = (statement: Statement, by: string, at: Instant): Qualification =>
  perCriterion((criterion) => {
    const said = statement[criterion];
    if (said === undefined) return undefined;
    const { judgement, note = '' } = typeof said === 'string' ? { judgement: said } : said;
    return { judgement, by, at, ...(note.trim() === '' ? {} : { note: note.trim() }) };
  });

/**
 * Of each criterion the latest finding; a person's goes before what was concluded. In whatever order, and however often,
 * findings are merged, the same ones remain. The first one itself where the second adds nothing.
 */
export const mergeFindings = (known: Qualification, said: Qualification): Qualification => {
  const isNews = (criterion: Criterion): boolean => {
    const [before, now] = [known[criterion], said[criterion]];
    return now !== undefined && (before === undefined || rankOf(now) > rankOf(before));
  };
  return criteria.some(isNews)
    ? perCriterion((criterion) => (isNews(criterion) ? said : known)[criterion])
    : known;
};

/** Compared as text; the parts after the time only decide between findings of the same moment. */
const rankOf = ({ by, at, judgement, note = '' }: Finding): string =>
  [by === concludedBy ? 0 : 1, at, by, judgement, note].join('\u0000');

/** What the policy asks for at one step. */
export type Wanted = Readonly<{
  /** Judged, either way. */
  known?: readonly Criterion[];
  met?: readonly Criterion[];
  /** So many of all must be met. */
  atLeast?: number;
  /** May be unknown. */
  notNotMet?: readonly Criterion[];
}>;

/** What stands between a lead and that step. */
export type Missing = Readonly<{
  known: readonly Criterion[];
  met: readonly Criterion[];
  /** Were judged as not met, and must not be. */
  against: readonly Criterion[];
  /** So many more must be met besides those named. */
  more: number;
}>;

export const missingFor = (
  qualification: Qualification,
  { known = [], met = [], atLeast = 0, notNotMet = [] }: Wanted,
): Missing => {
  const judgementOf = (criterion: Criterion) => qualification[criterion]?.judgement ?? 'unknown';
  const isMet = (criterion: Criterion) => judgementOf(criterion) === 'met';
  const unmet = met.filter((criterion) => !isMet(criterion));
  return {
    known: known.filter((criterion) => judgementOf(criterion) === 'unknown'),
    met: unmet.filter((criterion) => judgementOf(criterion) === 'unknown'),
    against: criteria.filter(
      (criterion) =>
        judgementOf(criterion) === 'not-met' && (unmet.includes(criterion) || notNotMet.includes(criterion)),
    ),
    more: Math.max(0, atLeast - criteria.filter(isMet).length - unmet.length),
  };
};

export const isNothing = ({ known, met, against, more }: Missing): boolean =>
  known.length + met.length + against.length + more === 0;

/** Notes may speak of people, or be the lead's own words: where those must not go, the judgements do. */
export const withoutNotes = <F>(
  findings: Readonly<Partial<Record<Criterion, F>>>,
): Partial<Record<Criterion, F | Omit<F, 'note'>>> =>
  Object.fromEntries(
    Object.entries(findings).map(([criterion, found]) =>
      typeof found === 'object' && found !== null
        ? [criterion, { ...found, note: undefined }]
        : [criterion, found],
    ),
  );

const perCriterion = (findingOf: (criterion: Criterion) => Finding | undefined): Qualification =>
  Object.fromEntries(
    criteria.flatMap((criterion) => {
      const found = findingOf(criterion);
      return found === undefined ? [] : [[criterion, found]];
    }),
  );
