import type { Enrolment } from '../../../../shared/domain/nurture.ts';
import { DAY, epochOf, type Instant, later, MINUTE } from '../../../../shared/domain/time.ts';
import type { MailAttempt } from '../../../../shared/simulation/faulty-mailer.ts';
import type { PlayedSeed } from '../play-seed.ts';
import type { Broken } from './broken.ts';
import { type MergedNames, mergedNames } from './merged-names.ts';
import { statesOf, toldOf } from './outcome.ts';

/** Between the claim, in which all is decided, and SES an instance may be slow. */
const slackMs = MINUTE;

const other = (text: string): Broken => ({ promise: 'other', text });

type Marketing = Readonly<{ attempt: MailAttempt; enrolment: string; leadId: string }>;

/** Promise 5: marketing at most once per enrolment and step, with consent, in its window, below the cap, not to buyers. */
export const mailPromises = (played: PlayedSeed): Broken[] => {
  const enrolments = statesOf<Enrolment>(played.system.tables.nurture, 'enrolment');
  // Whose it was when it began: with its lead it may have gone over to another one since.
  const owners = new Map(
    toldOf(played, 'NurtureEnrolled').map(({ fact }) => [fact.enrolmentId, fact.leadId]),
  );
  const toLeads = played.mails
    .filter(({ mail, left }) => left && mail.stream !== 'internal')
    .map((attempt) => ({
      attempt,
      enrolment: attempt.mail.tags.enrolment ?? '',
      leadId: owners.get(attempt.mail.tags.enrolment ?? '') ?? '',
    }));
  const names = mergedNames(played);
  const marketing = toLeads.filter(({ attempt }) => attempt.mail.stream === 'marketing');
  return [
    ...twice(toLeads),
    ...marketing.flatMap((mail) => [
      ...consented(played, mail, names),
      ...unsubscribed(played, mail, owners, names),
      ...inWindow(played, mail),
      ...notToBuyers(played, mail, names),
      ...belowCap(played, mail, marketing, names),
    ]),
    ...[...enrolments.values()].flatMap(({ id, status, nextAt }) =>
      (status === 'waiting' || status === 'claimed') &&
      nextAt !== undefined &&
      nextAt < later(played.endAt, -DAY)
        ? [other(`${id} waits for ever`)]
        : [],
    ),
  ];
};

const twice = (mails: readonly Marketing[]): Broken[] => {
  const seen = new Set<string>();
  return mails.flatMap(({ attempt: { mail }, enrolment }) => {
    const key = `${enrolment} ${mail.tags.text}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [other(`the mail ${key} left twice`)];
  });
};

const consented = (
  played: PlayedSeed,
  { attempt, leadId, enrolment }: Marketing,
  { at: nameAt }: MergedNames,
): Broken[] => {
  const nameThen = (id: string) => nameAt(id, attempt.at);
  const changes = toldOf(played, 'ConsentChanged').filter(
    ({ fact, at }) => nameThen(fact.leadId) === nameThen(leadId) && at <= attempt.at,
  );
  // Who was merged may have several addresses, each with a consent of its own.
  const states = [...Map.groupBy(changes, ({ fact }) => fact.factId.split('#', 1)[0]).values()].flatMap(
    (own) => {
      const before = own.filter(({ at }) => at <= later(attempt.at, -slackMs));
      return [before.at(-1), ...own.slice(before.length)].map((change) => change?.fact.marketing);
    },
  );
  return states.includes('granted')
    ? []
    : [other(`${enrolment} was mailed at ${attempt.at} without consent`)];
};

/** Whoever was told that no more mails come gets none, unless they confirm anew. */
const unsubscribed = (
  { followed }: PlayedSeed,
  { attempt, leadId, enrolment }: Marketing,
  owners: ReadonlyMap<string, string>,
  { at: nameAt }: MergedNames,
): Broken[] => {
  const nameThen = (id = '') => nameAt(id, later(attempt.at, -slackMs));
  const last = followed
    .filter(
      (one) =>
        nameThen(owners.get(one.enrolment)) === nameThen(leadId) && one.at <= later(attempt.at, -slackMs),
    )
    .at(-1);
  return last?.link === 'unsubscribe'
    ? [other(`${enrolment} was mailed at ${attempt.at}, unsubscribed at ${last.at}`)]
    : [];
};

const inWindow = (
  { policy: { policy } }: PlayedSeed,
  { attempt, enrolment, leadId }: Marketing,
  zones = policy.mail.zones,
): Broken[] => {
  const { from, to } = policy.mail.window;
  const open = new Set(Object.values({ ...zones, home: policy.zone }));
  // Whichever zone the lead is in: outside of all of them it is nobody's hour.
  const fits = [...open].some((zone) =>
    [0, slackMs].some((ms) => {
      const { day, time } = localOf(later(attempt.at, -ms), zone);
      return day !== 'Sat' && day !== 'Sun' && time >= from && time < to;
    }),
  );
  return fits ? [] : [other(`${enrolment} of ${leadId} was mailed at ${attempt.at}, outside the window`)];
};

const formats = new Map<string, Intl.DateTimeFormat>();
const localOf = (at: Instant, zone: string) => {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(epochOf(at)).map(({ type, value }) => [type, value]));
  return { day: parts.weekday ?? '', time: `${parts.hour}:${parts.minute}` };
};

const notToBuyers = (
  played: PlayedSeed,
  { attempt, leadId, enrolment }: Marketing,
  names: MergedNames,
): Broken[] => {
  const nameThen = (id: string) => names.at(id, later(attempt.at, -slackMs));
  const stage = toldOf(played, 'LeadStageChanged')
    .filter(({ fact, at }) => nameThen(fact.leadId) === nameThen(leadId) && at <= later(attempt.at, -slackMs))
    .at(-1)?.fact.to;
  return stage === 'sql' || stage === 'customer'
    ? [other(`${enrolment} was mailed to a lead that is ${stage}`)]
    : [];
};

const belowCap = (
  { policy: { policy } }: PlayedSeed,
  { attempt, leadId }: Marketing,
  marketing: readonly Marketing[],
  names: MergedNames,
): Broken[] => {
  const nameThen = (id: string) => names.at(id, later(attempt.at, -slackMs));
  const within = (span: number) =>
    marketing.filter(
      (one) =>
        nameThen(one.leadId) === nameThen(leadId) &&
        one.attempt.at <= attempt.at &&
        epochOf(one.attempt.at) > epochOf(attempt.at) - span + slackMs,
    ).length;
  const { per24h, per7d } = policy.mail.cap;
  return within(DAY) > per24h || within(7 * DAY) > per7d
    ? [other(`${leadId} got more mails up to ${attempt.at} than the cap allows`)]
    : [];
};
