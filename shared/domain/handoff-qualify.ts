import type { Policy } from '../policy/schema.ts';
import {
  type Answered,
  type Answerer,
  type AnswerOf,
  answerEntries,
  done,
  refused,
  saidAt,
} from './answered.ts';
import type { Decision } from './decision.ts';
import type { Handoff } from './handoff.ts';
import { closeHandoff } from './handoff-close.ts';
import type { Staffing } from './handoff-reassign.ts';
import {
  findingsOf,
  isNothing,
  type Missing,
  mergeFindings,
  missingFor,
  type Statement,
} from './qualification.ts';

/** The handoff with what was said of its lead. The same object, if that adds nothing. */
export const withStatement = (
  handoff: Handoff,
  answerer: Answerer,
  statement: Statement,
  { now }: Pick<Staffing, 'now'>,
): Handoff => {
  const known = handoff.qualification ?? {};
  const qualification = mergeFindings(known, findingsOf(statement, answerer.by, saidAt(answerer, now)));
  return qualification === known ? handoff : { ...handoff, qualification };
};

/**
 * What is known is kept, and the lead is sales-qualified as soon as it is enough for the policy: nobody says so by itself.
 * What comes after that is kept as well, and moves nobody.
 */
export const qualify = (
  handoff: Handoff,
  answerer: Answerer,
  { qualification }: AnswerOf<'qualify'>,
  staffing: Staffing,
): Answered => {
  if (handoff.status === 'open') return refused('not-accepted');
  const next = withStatement(handoff, answerer, qualification, staffing);
  const decision = settleQualified(next, answerer, staffing);
  return decision.state === handoff ? { type: 'repeated' } : done(decision);
};

/** Closes an accepted handoff whose lead is qualified by now. */
export const settleQualified = (
  handoff: Handoff,
  { by }: Answerer,
  { policy, now }: Pick<Staffing, 'policy' | 'now'>,
): Decision<Handoff> =>
  handoff.status === 'accepted' && isNothing(missingForSql(handoff, policy))
    ? closeHandoff(
        handoff,
        { type: 'qualified', reason: 'qualified', by, at: now },
        { type: 'HandoffQualified', ...answerEntries(handoff, by, now) },
      )
    : { state: handoff, facts: [] };

/** What stands before the next step: to be accepted, then to be an SQL. Undefined: there is none after it. */
export const missingNext = (handoff: Handoff, policy: Rules): Missing | undefined => {
  switch (handoff.status) {
    case 'open':
      return missingToAccept(handoff, policy);
    case 'accepted':
      return missingForSql(handoff, policy);
    case 'closed':
      return undefined;
  }
};

type Rules = Pick<Policy, 'qualification'>;

/** What is to be known before somebody accepts. */
export const missingToAccept = ({ qualification = {} }: Handoff, policy: Rules): Missing =>
  missingFor(qualification, policy.qualification.accept);

/** What is to be known before the lead is sales-qualified. */
export const missingForSql = ({ qualification = {} }: Handoff, policy: Rules): Missing =>
  missingFor(qualification, policy.qualification.sql);
