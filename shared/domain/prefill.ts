import type { Policy, Prefill } from '../policy/schema.ts';
import type { LeadView } from './lead-view.ts';
import {
  type Criterion,
  concludedBy,
  criteria,
  type Judgement,
  type Qualification,
} from './qualification.ts';
import type { Instant } from './time.ts';
import { hasWords } from './whole-words.ts';

/** What the profile and the lead's own answers say, before anybody in sales has asked. */
export const prefilled = (
  lead: Pick<LeadView, 'country' | 'unserved' | 'profile' | 'evidence'>,
  policy: Pick<Policy, 'qualification' | 'scoring'>,
  at: Instant,
): Qualification =>
  Object.fromEntries(
    criteria.flatMap((criterion: Criterion) => {
      const source = policy.qualification.prefill[criterion];
      const found = source && conclusionOf(source, lead, policy);
      return found === undefined ? [] : [[criterion, { ...found, by: concludedBy, at }]];
    }),
  );

type Conclusion = Readonly<{ judgement: Judgement; note: string }>;

/** Undefined: nothing was said about it. */
const conclusionOf = (
  source: Prefill,
  { country, unserved, profile, evidence }: Pick<LeadView, 'country' | 'unserved' | 'profile' | 'evidence'>,
  { scoring }: Pick<Policy, 'scoring'>,
): Conclusion | undefined => {
  switch (source.from) {
    case 'country':
      return country === undefined ? undefined : { judgement: unserved ? 'not-met' : 'met', note: country };
    case 'role': {
      const role = profile.role?.value;
      if (role === undefined) return undefined;
      const bands = Object.entries(scoring.fit.role);
      const [band = ''] = bands.find(([, { of }]) => of.some((name) => hasWords(role, name))) ?? [];
      return { judgement: source.met.includes(band) ? 'met' : 'unknown', note: role };
    }
    case 'answer': {
      const answer = evidence.answers[source.field]?.trim() ?? '';
      return answer === '' ? undefined : { judgement: judged(answer, source), note: answer };
    }
  }
};

/** Whoever wrote anything has it, unless the words say otherwise. */
const judged = (
  answer: string,
  { notMet, unknown }: Readonly<{ notMet: readonly string[]; unknown: readonly string[] }>,
): Judgement => {
  const says = (words: string) => hasWords(answer, words);
  return notMet.some(says) ? 'not-met' : unknown.some(says) ? 'unknown' : 'met';
};
