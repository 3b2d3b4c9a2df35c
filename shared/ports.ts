/** What use cases need from the world. Owned here; adapters and the simulation implement it. */
import type { Account } from './domain/account.ts';
import type { Lead } from './domain/lead.ts';
import type { LeadRecordStates } from './domain/lead-records.ts';
import type { LeadOutline, LeadView } from './domain/lead-view.ts';
import type { MqlHour } from './domain/surge.ts';
import type { Instant } from './domain/time.ts';
import type { EntryKey, RecentEntries, Span, TimelineEntry } from './domain/timeline.ts';
import type { StampedFact } from './events/facts.ts';
import type { Policy } from './policy/schema.ts';

export type Clock = Readonly<{
  /** The same instant for the whole invocation. */
  now(): Instant;
}>;

/** A policy that was published: what it says, and which one it is. */
export type PublishedPolicy = Readonly<{
  /** SHA-256 of the bundle, hexadecimal. */
  hash: string;
  /** Raised by each flip of the pointer, rollbacks too. */
  sequence: number;
  policy: Policy;
}>;

export type PolicySource = Readonly<{
  /** The policy in force; at most a minute old, and never older than `sequence`. */
  current(sequence?: number): Promise<PublishedPolicy>;
  /** One that was published, by its hash. */
  published(hash: string): Promise<Policy>;
}>;

/** One item to be written if nobody else has written it since it was loaded. */
export type Change<K extends string = string, S = unknown> = Readonly<{
  kind: K;
  id: string;
  /** As loaded; 0: it must not exist yet. It is saved as `version + 1`. */
  version: number;
  state: S;
  /** Leave with the item, and only with it: its stream is the outbox. */
  facts: readonly StampedFact[];
  /** When the tick is to look at it next; absent: never. */
  dueAt?: Instant;
  /** Since when somebody has been waiting for an answer; absent: nobody is. */
  openSince?: Instant;
}>;

export type Loaded<S> = Readonly<{ state: S; version: number } | { state: undefined; version: 0 }>;

/**
 * Items that change as a whole, by kind. `States` maps each kind to its state.
 * Leads have a store of their own.
 */
export type Aggregates<States extends object> = Readonly<{
  /** Strongly consistent; `stale` may be what it was a moment ago, for half the price. */
  load<K extends keyof States & string>(kind: K, id: string, freshness?: 'stale'): Promise<Loaded<States[K]>>;
  /** All or nothing. `conflict`: somebody else saved one of them first, nothing was written. */
  commit(changes: readonly Change<keyof States & string>[]): Promise<'saved' | 'conflict'>;
  /** Waits a little, longer and more randomly with each attempt, before a conflict is decided again. */
  pause(attempt: number): Promise<void>;
}>;

/** What a lead's own item has of its timeline. The store's own. */
export type HeadLog = Readonly<{
  /** Everything that happened after the watermark, and some of what happened before. */
  recent: RecentEntries;
  /** The last engagement that was ever frozen; absent: none was, and `recent` is the whole timeline. */
  watermark?: EntryKey;
  /** Of `recent` those that the next save moves elsewhere. */
  frozen: ReadonlySet<string>;
}>;

/** A lead with the end of its timeline, as it was loaded. */
export type LoadedLead = Loaded<Lead> &
  Readonly<{
    dueAt?: Instant;
    log: HeadLog;
    /** The version that last wrote the verdicts; absent: there are none. The store's own. */
    judgedAt?: number;
  }>;

/**
 * Leads and their timelines. A lead changes in one conditional write, whatever its timeline is kept in, and costs the
 * same however long that is.
 */
export type LeadStore = Readonly<{
  /**
   * As it is kept, also if it was merged into another one. `stale`: half as dear, and may be what it was a moment ago. Then
   * all that may be concluded without saving is that an engagement is known.
   */
  load(leadId: string, freshness?: 'stale'): Promise<LoadedLead>;
  /** Which of the engagements are in the timeline, wherever it is kept, or in one that it absorbed: their ids. */
  known(leadId: string, loaded: LoadedLead, keys: readonly EntryKey[]): Promise<ReadonlySet<string>>;
  /** What happened within the span, in order, whether it counts or not; to those that it absorbed, too. */
  timeline(leadId: string, loaded: LoadedLead, span: Span): Promise<readonly TimelineEntry[]>;
  /** `conflict`: somebody else saved it since it was loaded, nothing has changed. */
  save(leadId: string, loaded: LoadedLead, next: NextLead): Promise<'saved' | 'conflict'>;
  /** As of {@link Aggregates}. */
  pause(attempt: number): Promise<void>;
}>;

/** A lead as it is to be saved. */
export type NextLead = Readonly<{
  state: Lead;
  facts: readonly StampedFact[];
  /** What is new in the timeline, in order. Absent: nothing. */
  entries?: readonly TimelineEntry[];
  dueAt?: Instant;
}>;

/** For two leads that become one. */
export type LeadPairStore = LeadStore &
  Readonly<{
    /** Both or neither. `conflict`: somebody else saved one of them since it was loaded, nothing has changed. */
    saveBoth(
      pair: readonly Readonly<{ leadId: string; loaded: LoadedLead; next: NextLead }>[],
    ): Promise<'saved' | 'conflict'>;
  }>;

/**
 * Leads that their history would have made MQLs, and that nobody has let go on. Those whose rest ends later come after it.
 * Eventually consistent: the lead itself says whether it still waits.
 */
export type WaitingLeads = Readonly<{ ids(): AsyncIterable<string> }>;

/** Every lead there is, page by page; one that is saved meanwhile may be as it was before. */
export type LeadHeads = Readonly<{
  pages(): AsyncIterable<readonly Readonly<{ leadId: string; loaded: LoadedLead }>[]>;
}>;

/** How many leads points make MQLs, about: counted beside the leads' own writes, and up to half a minute behind. */
export type MqlPace = Readonly<{
  hours(): Promise<readonly MqlHour[]>;
  add(hour: number, became: 'passed' | 'held'): Promise<void>;
}>;

/** What is kept beside leads: profiles, identities, companies. One item is written at a time. */
export type LeadRecords = Aggregates<LeadRecordStates>;

/** Leads for rooms that do not change them. Strongly consistent. */
export type LeadReader = Readonly<{
  /** Undefined: no such lead. Judged at `now` by `policy`, or by the lead's own as long as that scores it. */
  view(leadId: string, policy: PublishedPolicy, now: Instant): Promise<LeadOutline | undefined>;
}>;

/** The same with their evidence, which takes their whole timelines. */
export type LeadEvidenceReader = Readonly<{
  view(leadId: string, policy: PublishedPolicy, now: Instant): Promise<LeadView | undefined>;
}>;

/** What the CRM knows of a company. */
export type AccountReader = Readonly<{ account(domain: string): Promise<Account | undefined> }>;

/** A message of a worker's queue: an event, a fact, or something that has come due. */
export type Message = Readonly<{ type: string; detail: unknown }>;

/** Something that has come due, as the tick finds it. */
export type DueItem = Readonly<{ kind: string; id: string; dueAt: Instant }>;

/** What is due in one table. */
export type DueIndex = Readonly<{
  /** Up to `limit` items whose `dueAt` is not after `now`, the longest overdue first. */
  due(now: Instant, limit: number): Promise<readonly DueItem[]>;
  /** Moves `dueAt` so that nobody else takes it up meanwhile; `false`: somebody has moved it already. */
  lease(item: DueItem, until: Instant): Promise<boolean>;
}>;

/** What is open in one table, whether or not it comes due again. */
export type OpenIndex = Readonly<{
  /** Since when the longest has been; undefined: nothing is open. */
  oldest(): Promise<Instant | undefined>;
}>;

export type Queue = Readonly<{
  /** Throws if any message was not taken; the rest may have been. */
  send(messages: readonly Message[]): Promise<void>;
}>;

export type Bus = Readonly<{
  /** Resends what the bus refused, and throws if some remain. */
  publish(facts: readonly StampedFact[]): Promise<void>;
}>;

/** Where input goes that will never be right. */
export type RejectedLog = Readonly<{
  add(entry: Rejection): Promise<void>;
}>;

export type Rejection = Readonly<{
  at: Instant;
  /** Which function refused it. */
  by: string;
  /** `invalid-json`, `unknown-type`, `invalid-event`, or a code of the function's own. */
  code: string;
  /** Path and kind of what is wrong; never the value. */
  reasons: readonly string[];
  /** As received, text. */
  payload: string;
}>;

/** Every engagement as it came, for replay and analysis. */
export type RawLog = Readonly<{
  append(entries: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
}>;

/** The three streams of mail, each with its own configuration set. */
export type MailStream = 'marketing' | 'service' | 'internal';

export type Mail = Readonly<{
  stream: MailStream;
  to: string;
  /** Shown instead of the environment's sender name. */
  fromName?: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  /** Extra headers, such as List-Unsubscribe. */
  headers?: Readonly<Record<string, string>>;
  /** Only `A-Z a-z 0-9 _ -` in names and values. */
  tags: Readonly<Record<string, string>>;
}>;

/**
 * - `sent`: SES took it.
 * - `throttled`: not sent, try later. `quota`: not sent, today's quota is used up.
 * - `refused`: never sent as it is (a fault of this mail). `paused`: a fault of the account or identity.
 * - `unknown`: it may or may not have been sent.
 */
export type SendOutcome = Readonly<
  | { type: 'sent'; messageId: string }
  | { type: 'throttled' | 'quota' | 'unknown' }
  | { type: 'refused' | 'paused'; code: string }
>;

export type Mailer = Readonly<{ send(mail: Mail): Promise<SendOutcome> }>;

/** Alerts about leads to whoever subscribed; ids only. */
export type AlertTopic = Readonly<{ publish(subject: string, message: string): Promise<void> }>;

export type Metrics = Readonly<{
  /** Names are PascalCase with the unit in the name where it is not a count. */
  add(name: string, value: number): void;
}>;

/** Signed and sealed links. A token of one purpose is nothing to another. */
export type Tokens = Readonly<{
  /** Without `expiresAt` it never expires. */
  seal(
    purpose: string,
    claims: Readonly<Record<string, string | number>>,
    expiresAt?: Instant,
  ): Promise<string>;
  /** `invalid`: altered, foreign, of another purpose or not a token at all. */
  open(
    purpose: string,
    token: string,
  ): Promise<
    Readonly<
      { type: 'valid'; claims: Readonly<Record<string, string | number>> } | { type: 'expired' | 'invalid' }
    >
  >;
}>;

/** A name for something personal that cannot be guessed back without the environment's key. */
export type KeyedHash = Readonly<{ of(value: string): Promise<string> }>;
