/**
 * The policy: everything that RevOps decides, as one bundle. This schema reads what people write (durations as `1bd`);
 * its output is what functions work with, and is stored as published.
 */
import * as v from 'valibot';
import { personalContacts } from '../domain/contact-kinds.ts';
import type { DomainList } from '../domain/domain-list.ts';
import { locales } from '../domain/locale.ts';
import { criteria } from '../domain/qualification.ts';
import { stages } from '../domain/stage.ts';
import { clockDurationSchema, durationSchema } from './duration.ts';

const name = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a name: lower-case words joined by -'),
);
const points = v.pipe(v.number(), v.finite(), v.minValue(-100), v.maxValue(100));
const notNegative = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1000));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const localised = v.strictObject({
  en: v.pipe(v.string(), v.minLength(1)),
  de: v.pipe(v.string(), v.minLength(1)),
});
/** Kinds, rules and patterns have numbers that are stored; they are never given to another. */
const number = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(250));
const kinds = v.union([
  v.pipe(
    name,
    v.transform((kind) => [kind]),
  ),
  v.pipe(v.array(name), v.minLength(1, 'is empty: name what it is for')),
]);
const range = v.strictObject({ min: v.optional(v.number()), max: v.optional(v.number()) });

/** ISO 3166-1 alpha-2, as `GB`. */
const country = v.pipe(
  v.string(),
  v.regex(/^[A-Z]{2}$/, 'is not a country: write two capital letters, such as DE or GB'),
  v.check(isCountry, 'is not a country: write two capital letters, such as DE or GB'),
);
const byCountry = v.union(
  [v.literal('default'), country],
  'is not a country: write default, or two capital letters, such as DE or GB',
);
/** `30%`; a share of 1. */
const percentage = v.pipe(
  v.string(),
  v.regex(/^(100|\d{1,2}(\.\d+)?)%$/, 'is not a percentage: write 30%'),
  v.transform((text) => Number(text.slice(0, -1)) / 100),
);

const condition = v.strictObject({
  property: v.pipe(v.string(), v.minLength(1)),
  equals: v.optional(v.union([v.string(), v.number(), v.boolean()])),
  in: v.optional(v.array(v.union([v.string(), v.number()]))),
  prefix: v.optional(v.string()),
  range: v.optional(range),
  exists: v.optional(v.boolean()),
  /** Turns the condition round. */
  not: v.optional(v.boolean(), false),
});

const rule = v.strictObject({
  number,
  kind: kinds,
  when: v.optional(v.pipe(v.array(condition), v.maxLength(10)), []),
  category: name,
  points,
  oncePer: v.optional(v.picklist(['day', 'week', 'month', 'asset', 'ever'])),
  /** Means "talk to me". */
  intent: v.optional(v.boolean(), false),
  label: localised,
});

const pattern = v.strictObject({
  number,
  name,
  type: v.picklist(['days', 'distinct', 'then']),
  kind: name,
  /** For `then`: what must follow. */
  followedBy: v.optional(name),
  atLeast: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(16)), 2),
  within: clockDurationSchema,
  category: name,
  points,
  label: localised,
});

const lowerCase = v.array(v.pipe(v.string(), v.toLowerCase()));
const band = v.strictObject({ points, of: lowerCase });

const scoring = v.strictObject({
  engagementCap: v.pipe(notNegative, v.minValue(1)),
  categories: v.record(
    name,
    v.strictObject({
      cap: notNegative,
      floor: v.optional(v.pipe(v.number(), v.finite(), v.minValue(-1000), v.maxValue(0)), 0),
      halfLife: clockDurationSchema,
    }),
  ),
  /** As many as a lead can be scored by at the speed that functions are made for. */
  rules: v.pipe(v.array(rule), v.maxLength(150)),
  patterns: v.pipe(v.array(pattern), v.maxLength(40)),
  fit: v.strictObject({
    cap: notNegative,
    /** By the name of the segment that the lead belongs to. */
    segment: v.record(name, points),
    industry: v.record(name, band),
    role: v.record(name, band),
    /** By country, ISO 3166-1 alpha-2. */
    region: v.record(name, band),
    /** By the trait `ageBand`, such as 30-39. Absent: age counts nothing. */
    ageBand: v.optional(v.record(name, band)),
    /** Disposable ones get what free ones get, unless it is said. */
    mailbox: v.strictObject({ business: points, free: points, disposable: v.optional(points) }),
  }),
});

const mql = v.strictObject({
  threshold: v.strictObject({ score: notNegative, engagement: notNegative, fit: notNegative }),
  /** Hot if all conditions of one entry hold. */
  hot: v.array(
    v.strictObject({
      intent: v.optional(v.boolean()),
      fit: v.optional(notNegative),
      score: v.optional(notNegative),
    }),
  ),
  cold: v.strictObject({ engagement: notNegative }),
});

const criterion = v.picklist(criteria);
const words = v.array(v.pipe(v.string(), v.minLength(1)));
const prefill = v.variant('from', [
  /** Met where the country is served. */
  v.strictObject({ from: v.literal('country') }),
  /** Met in these bands of `scoring.fit.role`; unknown in any other. */
  v.strictObject({ from: v.literal('role'), met: v.array(name) }),
  /** Met by what the lead wrote into this field of a form, unless it has one of these words. */
  v.strictObject({
    from: v.literal('answer'),
    field: v.pipe(v.string(), v.minLength(1)),
    notMet: v.optional(words, []),
    unknown: v.optional(words, []),
  }),
]);

/** Budget, authority, need, timeline and location: how they are known, and what each step asks of them. */
const qualification = v.strictObject({
  /** What is concluded before anybody has asked; what a person says goes before it. */
  prefill: v.strictObject({
    budget: v.optional(prefill),
    authority: v.optional(prefill),
    need: v.optional(prefill),
    timeline: v.optional(prefill),
    location: v.optional(prefill),
  }),
  /** Before somebody accepts: `known` are judged, met or not; `notNotMet` are met or unknown. */
  accept: v.strictObject({ known: v.array(criterion), notNotMet: v.array(criterion) }),
  /** For an SQL: all of `met`, at least so many of all five, and none of `notNotMet` judged as not met. */
  sql: v.strictObject({
    met: v.array(criterion),
    atLeast: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(criteria.length)),
    notNotMet: v.array(criterion),
  }),
});

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const localTime = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not a time: write "09:00"'),
);
const calendar = v.strictObject({
  zone: v.pipe(v.string(), v.check(isZone, 'is not an IANA time zone')),
  open: v.array(v.strictObject({ days: v.array(v.picklist(weekdays)), from: localTime, to: localTime })),
  /** Countries or regions whose public holidays are closed, such as DE or DE-BY. Resolved into `closed` when published. */
  holidays: v.optional(v.array(v.string()), []),
  /** Days (YYYY-MM-DD) on which nobody works. */
  closed: v.optional(v.array(v.pipe(v.string(), v.check(isDay, 'is not a day: write "2026-12-24"'))), []),
});

const deadline = v.strictObject({ within: durationSchema, from: v.picklist(['mql', 'inquiry', 'accepted']) });
const deadlines = v.strictObject({ accept: deadline, firstContact: deadline, qualify: deadline });

const sla = v.strictObject({
  normal: deadlines,
  hot: deadlines,
  /** An inquiry older than this when it is received opens a normal handoff. */
  hotNotOlderThan: clockDurationSchema,
  tiers: v.array(
    v.strictObject({
      name,
      /** Share of the open time to the deadline; 100 is the deadline itself. */
      percent: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(1000))),
      /** Or: this long after the breach. */
      afterBreach: v.optional(durationSchema),
      do: v.picklist(['remind', 'breach', 'reassign', 'escalate', 'pull-back']),
      only: v.optional(v.picklist(['normal', 'hot'])),
    }),
  ),
  /** Whoever has accepted can put these off once, with a reason, by at most so much; absent: never. */
  pause: v.optional(
    v.strictObject({
      deadlines: v.pipe(v.array(v.picklist(['firstContact', 'qualify'])), v.minLength(1)),
      atMost: durationSchema,
    }),
  ),
  /** A manager can give the holder of a late one more time, once for each holder, by at most so much. */
  giveUntil: v.strictObject({ atMost: durationSchema }),
  contact: v.strictObject({
    /** Ways to reach a lead that end the wait for a first contact, and count as attempts; an automatic mail never does. */
    counts: v.array(
      v.picklist(personalContacts, 'is no contact by a person: write call, email (by the rep) or meeting'),
    ),
    /** So many, the first of them so long ago, before a lead can be given up for a reason with `afterAttempts`. */
    attempts: count,
    over: durationSchema,
  }),
  maxReassignments: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(5)),
  /** Breaches of one manager within this time are one mail. */
  digestAfter: clockDurationSchema,
});

const rejectReason = v.strictObject({
  reason: name,
  label: localised,
  do: v.picklist(['recycle', 'disqualify', 'reroute']),
  rest: v.optional(clockDurationSchema),
  /** The rep names the end of the rest. */
  askUntil: v.optional(v.boolean(), false),
  noteRequired: v.optional(v.boolean(), false),
  /** Only after the attempts of `sla.contact`. */
  afterAttempts: v.optional(v.boolean(), false),
  /** Only for a lead in one of these stages; absent: in any. */
  from: v.optional(v.pipe(v.array(v.picklist(['mql', 'sal', 'sql'])), v.minLength(1))),
  counts: v.picklist(['criteria', 'timing', 'data', 'none']),
});

const routeCondition = v.strictObject({
  openDeal: v.optional(v.boolean()),
  customer: v.optional(v.boolean()),
  owned: v.optional(v.boolean()),
  colleagueHeld: v.optional(v.boolean()),
  segment: v.optional(v.array(name)),
  language: v.optional(v.picklist(locales)),
  country: v.optional(v.array(country)),
  intent: v.optional(v.boolean()),
});

const route = v.strictObject({
  name,
  when: v.optional(routeCondition, {}),
  /** `none`: no handoff, and the name of the route says why. */
  to: v.variant('type', [
    v.strictObject({ type: v.literal('team'), team: name }),
    /** `handoff: false`: the owner is told, and has nothing to accept. */
    v.strictObject({ type: v.literal('owner'), handoff: v.optional(v.boolean()) }),
    v.strictObject({ type: v.literal('same-rep') }),
    v.strictObject({ type: v.literal('none') }),
  ]),
});

const mail = v.strictObject({
  cap: v.strictObject({ per24h: v.pipe(v.number(), v.integer()), per7d: v.pipe(v.number(), v.integer()) }),
  window: v.strictObject({
    calendar: name,
    days: v.array(v.picklist(weekdays)),
    from: localTime,
    to: localTime,
  }),
  /** Time zone by country; `default` where the country is not known. */
  zones: v.record(byCountry, v.pipe(v.string(), v.check(isZone, 'is not an IANA time zone'))),
  /** Which basis marketing mail needs, by country; `default` for the rest. */
  consent: v.record(byCountry, v.picklist(['opt-in', 'double-opt-in'])),
  /** Legal particulars under each mail. */
  company: v.strictObject({ name: v.pipe(v.string(), v.minLength(1)), particulars: localised }),
});

const campaign = v.strictObject({
  stream: v.picklist(['marketing', 'service']),
  start: v.variant('on', [
    v.strictObject({ on: v.literal('stage'), stage: v.picklist(stages) }),
    v.strictObject({ on: v.literal('engagement'), kind: kinds }),
    v.strictObject({ on: v.literal('asked-to-talk') }),
    v.strictObject({ on: v.literal('consent-requested') }),
    v.strictObject({ on: v.literal('not-handed-off') }),
  ]),
  /** Not for those whose start was an intent signal. */
  unlessIntent: v.optional(v.boolean(), false),
  /** Reaching one of these stages ends it. */
  exitAt: v.optional(v.array(v.picklist(stages)), []),
  /** A rep's first contact ends it. */
  exitOnContact: v.optional(v.boolean(), false),
  /** A lead may start it again after this; absent: once only. */
  reentryAfter: v.optional(clockDurationSchema),
  /** Times count from the start of the campaign. */
  steps: v.pipe(v.array(v.strictObject({ send: name, after: clockDurationSchema })), v.maxLength(20)),
});

const rate = v.strictObject({
  goal: percentage,
  /** Below this share both teams should look at their criteria, once there are `minSample` cases. */
  adviseBelow: percentage,
  minSample: count,
});

/** What both teams have agreed on; nothing is decided by it. */
const targets = v.strictObject({
  mqlPerMonth: count,
  mqlToSal: rate,
  salToSql: rate,
  sqlToCustomer: rate,
});

/** More MQLs by points in an hour than `over` times the usual, and more than `min`, wait for a person. */
const surge = v.strictObject({
  over: v.pipe(v.number(), v.finite(), v.minValue(1), v.maxValue(1000)),
  min: count,
});

/** One mail in one language, compiled: Liquid templates, strict. `html` is a whole document. */
const text = v.strictObject({
  subject: v.string(),
  preheader: v.string(),
  html: v.string(),
  text: v.string(),
});
const texts = v.record(name, v.strictObject({ en: text, de: text }));

const rules = {
  version: v.pipe(v.string(), v.minLength(1)),
  /** Days, weeks and months of `oncePer` begin here. */
  zone: v.pipe(v.string(), v.check(isZone, 'is not an IANA time zone')),
  exclude: v.strictObject({
    /** Domains; `disposable` for all disposable mailboxes; or a file of domains beside the policy, as competitors.txt. */
    domains: v.array(
      v.pipe(
        v.string(),
        v.regex(
          /^(disposable|[a-z0-9-]+(\.[a-z0-9-]+)+)$/,
          'is not a domain: write example.com, in lower case; disposable; or a file such as competitors.txt',
        ),
      ),
    ),
    roles: v.array(v.pipe(v.string(), v.minLength(1))),
    industries: v.array(v.pipe(v.string(), v.minLength(1))),
    /** Never MQLs by points, nor by asking. */
    unservedCountries: v.array(country),
  }),
  /** The first of which all conditions hold; `unknown` is the rest. */
  segments: v.array(
    v.strictObject({
      name,
      /** How many the company has. */
      employees: v.optional(range),
      industry: v.optional(lowerCase),
      country: v.optional(v.array(country)),
      /** Whether anybody gets such a mailbox. */
      freeMail: v.optional(v.boolean()),
    }),
  ),
  scoring,
  mql,
  qualification,
  calendars: v.record(name, calendar),
  sla,
  reject: v.array(rejectReason),
  routing: v.pipe(v.array(route), v.maxLength(100)),
  mail,
  campaigns: v.record(name, campaign),
  targets,
  /** Absent: however many come at once, they go on. */
  surge: v.optional(surge),
};

/** What people write: `policy.yaml`. */
export const policySourceSchema = v.strictObject(rules);
export type PolicySourceText = v.InferInput<typeof policySourceSchema>;

/** What is published: the rules, with holidays resolved, and the texts compiled. */
export type Policy = v.InferOutput<typeof policySourceSchema> &
  Readonly<{
    format: 1;
    texts: v.InferOutput<typeof texts>;
    domains: Readonly<{
      /** Where anybody gets a mailbox. */
      free: DomainList;
      /** Where anybody gets one for minutes. */
      disposable: DomainList;
      /** Lists of one's own that `exclude` names, by the names of their files. */
      own: Readonly<Record<string, DomainList>>;
    }>;
  }>;

export type PolicyRules = v.InferOutput<typeof policySourceSchema>;
export type Rule = PolicyRules['scoring']['rules'][number];
export type Pattern = PolicyRules['scoring']['patterns'][number];
export type Condition = Rule['when'][number];
export type Segment = PolicyRules['segments'][number];
export type Calendar = PolicyRules['calendars'][string];
export type Campaign = PolicyRules['campaigns'][string];
export type Sla = PolicyRules['sla'];
export type Tier = Sla['tiers'][number];
export type Route = PolicyRules['routing'][number];
export type Prefill = NonNullable<PolicyRules['qualification']['prefill'][(typeof criteria)[number]]>;
export type RejectReason = PolicyRules['reject'][number];
export type MailText = v.InferOutput<typeof text>;
export type Targets = PolicyRules['targets'];

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function isCountry(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  const known = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  // UK is an old name of GB, and no lead has it.
  return known.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code;
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
