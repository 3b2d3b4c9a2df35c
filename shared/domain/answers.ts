import * as v from 'valibot';
import type { EngagementRecorded } from '../events/inbound.ts';
import type { Policy } from '../policy/schema.ts';
import { verdictOn } from './counted.ts';
import { facetsOf } from './facets.ts';
import { ruleOf } from './fold/rule-of.ts';
import { readProperties } from './fold/scoring-index.ts';
import type { Lead } from './lead.ts';
import { once } from './once.ts';
import type { EntryKey } from './timeline.ts';
import { letsCount } from './verdict.ts';

const answer = once(() =>
  v.object({
    value: v.string(),
    /** When the engagement happened, epoch milliseconds. */
    at: v.number(),
    /** The engagement, as timelines name it. */
    engagement: v.string(),
  }),
);
export const answersSchema = once(() => v.record(v.string(), answer()));
/** What a lead wrote into forms, the latest of each field, by its name. */
export type Answers = Readonly<v.InferOutput<ReturnType<typeof answersSchema>>>;
type Answer = v.InferOutput<ReturnType<typeof answer>>;

/** Long enough for what a rep reads; the raw log has all that machines ask for. */
const longestText = 300;
const mostOfOneEngagement = 20;
/** More fields than any user's forms have; who makes up names loses the oldest. */
const mostFields = 60;
const prefix = 'form.';

/**
 * What the lead wrote, by the name of the field: properties named `form.*`, and of an engagement that asks to talk all
 * that scoring does not read.
 */
export const answersIn = (
  engagement: EngagementRecorded,
  policy: Policy,
): readonly Readonly<{ field: string; value: string }>[] => {
  const { kind, properties } = engagement;
  if (properties === undefined) return [];
  const asks = ruleOf({ kind, facets: facetsOf(engagement, policy) }, policy)?.intent === true;
  const read = readProperties(kind, policy);
  return Object.entries(properties)
    .filter(([name]) => name.startsWith(prefix) || (asks && !read.has(name)))
    .slice(0, mostOfOneEngagement)
    .map(([name, value]) => ({
      field: name.startsWith(prefix) ? name.slice(prefix.length) : name,
      value: String(value).slice(0, longestText),
    }));
};

/** The answers with those of one more engagement; the same object if they say nothing new, in whichever order they come. */
export const changeAnswers = (
  answers: Answers,
  { at, id }: EntryKey,
  said: ReturnType<typeof answersIn>,
): Answers => {
  const changed = said
    .map(({ field, value }): [string, Answer] => [field, { value, at, engagement: id }])
    .filter(([field, next]) => isLater(next, answers[field]));
  return withNewest(answers, changed);
};

/** The answers of two leads that are one, the latest of each field; the first ones themselves, if the others say nothing new. */
export const uniteAnswers = (answers: Answers, others: Answers): Answers =>
  withNewest(
    answers,
    Object.entries(others).filter(([field, next]) => isLater(next, answers[field])),
  );

const withNewest = (answers: Answers, changed: readonly (readonly [string, Answer])[]): Answers => {
  if (changed.length === 0) return answers;
  const all = { ...answers, ...Object.fromEntries(changed) };
  const fields = Object.entries(all);
  if (fields.length <= mostFields) return all;
  const newest = fields.sort(([a, one], [b, other]) => other.at - one.at || (a < b ? -1 : 1));
  return Object.fromEntries(newest.slice(0, mostFields));
};

const isLater = (said: Answer, known: Answer | undefined): boolean => {
  if (known === undefined || said.at !== known.at) return known === undefined || said.at > known.at;
  return said.engagement !== known.engagement ? said.engagement > known.engagement : said.value > known.value;
};

/** Those of engagements that count, as sales reads them. */
export const countedAnswers = (
  answers: Answers,
  lead: Pick<Lead, 'verdicts'>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(answers)
      .filter(([, { engagement }]) => letsCount(verdictOn(lead, engagement)))
      .map(([field, { value }]) => [field, value]),
  );
