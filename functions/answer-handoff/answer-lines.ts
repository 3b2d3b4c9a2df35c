import { answerDueAt, isQualified } from '../../shared/domain/handoff.ts';
import type { LeadOutline } from '../../shared/domain/lead-view.ts';
import { personOf } from '../../shared/domain/roster.ts';
import type { Reader } from './answer-reader.ts';
import type { AnswerPageSubject } from './answer-subject.ts';
import { consequenceOf } from './consequence.ts';
import { contactLine } from './contact-form.ts';
import { missingLine } from './qualification-form.ts';

/** Of the lead no more than company and initials: links are opened by programs, and over shoulders. */
export const titleOf = ({ words }: Reader, lead: LeadOutline | undefined): string => {
  const company = lead?.profile.company?.value ?? lead?.companyDomain;
  const initials = [lead?.profile.firstName, lead?.profile.lastName].flatMap((name) => {
    const [first] = name?.value.trim() ?? '';
    return first === undefined ? [] : [`${first.toUpperCase()}.`];
  });
  const who = company === undefined ? words.lead : words.leadFrom(company);
  return initials.length === 0 ? who : `${who} (${initials.join(' ')})`;
};

/** Where the handoff stands, for this reader. */
export const linesOf = (reader: Reader, subject: AnswerPageSubject): readonly string[] => {
  const { words, timeOf } = reader;
  const { handoff, assignment, roster, now, posted } = subject;
  const repeated = posted?.said === 'repeated' ? [words.already] : [];
  if (posted?.passedOn === true) return [words.passedOn];
  if (assignment !== handoff.assignment)
    return [words.reassigned(personOf(roster, handoff.holder)?.name ?? handoff.holder ?? '')];
  switch (handoff.status) {
    case 'open': {
      const dueAt = answerDueAt(handoff);
      return dueAt === undefined
        ? []
        : [now < dueAt ? words.answerBy(timeOf(dueAt)) : words.wasDue(timeOf(dueAt))];
    }
    case 'accepted': {
      const contactBy = handoff.contactedAt === undefined ? handoff.plan.firstContact?.dueAt : undefined;
      const next = contactBy === undefined || contactBy <= now ? [] : [words.contactBy(timeOf(contactBy))];
      const paused =
        handoff.paused === undefined || handoff.paused.until <= now
          ? []
          : [words.paused(timeOf(handoff.paused.until))];
      return [
        ...notedLines(words, posted),
        words.accepted,
        ...paused,
        ...next,
        ...known(contactLine(reader, subject)),
        ...known(missingLine(reader, subject)),
        ...repeated,
      ];
    }
    case 'closed':
      return [
        ...notedLines(words, posted),
        closedLine(reader, subject),
        ...(isQualified(handoff) ? known(contactLine(reader, subject)) : []),
        ...repeated,
      ];
  }
};

const known = (line: string | undefined): readonly string[] => (line === undefined ? [] : [line]);

/** What leaves the handoff as it stands is said to be heard. */
const notedLines = (words: Reader['words'], posted: AnswerPageSubject['posted']): readonly string[] =>
  posted?.said === 'done' && ['contact', 'qualify'].includes(posted.form.get('answer') ?? '')
    ? [words.noted]
    : [];

const closedLine = (reader: Reader, { handoff: { outcome }, policy }: AnswerPageSubject): string => {
  const { words, locale } = reader;
  switch (outcome?.type) {
    case 'rejected': {
      const rule = policy.reject.find(({ reason }) => reason === outcome.reason);
      if (rule === undefined) return words.notYours;
      return words.rejected(rule.label[locale], consequenceOf(rule, reader, outcome.at, outcome.until));
    }
    case 'withdrawn':
      return words.withdrawn;
    case 'qualified':
      return words.qualified;
    case 'pulled-back':
      return words.pulledBack;
    default:
      return words.notYours;
  }
};
