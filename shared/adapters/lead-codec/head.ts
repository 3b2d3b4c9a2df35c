import type { Lead } from '../../domain/lead.ts';
import { type Stage, stages } from '../../domain/stage.ts';
import { epochOf, instantOf } from '../../domain/time.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import type { LeadHead } from '../../leads/log/lead-items.ts';
import { ByteReader, UnreadableBytesError } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { readEntries, writeEntries } from './entries.ts';
import { readMilestones, writeMilestones } from './milestones.ts';
import { readKey, readName, writeKey, writeName } from './names.ts';
import { readRestOfStory, restOfStory } from './story.ts';
import { readTally, writeTally } from './tally.ts';
import { OwnWords, readOwnWords } from './words.ts';

/** The first byte. A release reads its own format and the one before. */
const format = 1;

/** A head without its verdicts. */
export type EncodedHead = Readonly<{
  stage: Stage;
  bytes: Uint8Array;
  /** JSON of what else happened to the lead. */
  rest?: string;
}>;

// Encoding never waits, so one of each is enough.
const beginning = new ByteWriter();
const body = new ByteWriter();

export const encodeHead = ({ lead, watermark, frozen }: LeadHead): EncodedHead => {
  const { tally, recent, policy } = lead;
  const words = new OwnWords();
  body.restart();
  body.whole(lead.count);
  body.whole(words.placeOf(lead.furthest));
  writeTally(body, tally, recent);
  body.signed(tally.ref - epochOf(lead.stageAt));
  body.whole(policy.sequence);
  writeName(body, policy.hash);
  writeName(body, policy.scoring);
  body.whole(lead.profileChanges.length);
  for (const name of lead.profileChanges) writeName(body, name);
  writeMilestones(body, words, lead, tally.ref);
  writeKey(body, watermark, tally.ref);
  writeEntries(body, words, recent, frozen, tally.ref);
  const bytes = withWords(words);
  const rest = restOfStory(lead);
  return { stage: lead.stage, bytes, ...(rest === undefined ? {} : { rest }) };
};

export const decodeHead = ({
  stage,
  bytes,
  rest,
}: Readonly<Omit<EncodedHead, 'stage'> & { stage: string }>): LeadHead => {
  const { reader, word } = opened(bytes);
  const count = reader.whole();
  const furthest = stageOf(word(reader.whole()));
  const read = readTally(reader);
  const stageAt = instantOf(read.ref - reader.signed());
  const sequence = reader.whole();
  const policy = { hash: readName(reader), sequence, scoring: readName(reader) };
  const profileChanges: string[] = [];
  for (let left = reader.whole(); left > 0; left--) profileChanges.push(readName(reader));
  const milestones = readMilestones(reader, word, read.ref);
  const watermark = readKey(reader, read.ref);
  const frozen = new Set<string>();
  const recent = readEntries(reader, word, frozen, read.ref);
  const lead: Lead = {
    stage: stageOf(stage),
    stageAt,
    furthest,
    ...milestones,
    ...readRestOfStory(rest),
    count,
    recent,
    tally: read.tally(recent),
    profileChanges,
    policy,
  };
  return watermark === undefined ? { lead, frozen } : { lead, watermark, frozen };
};

/** The entries of a chunk or a marker, in order. */
export const encodeEntries = (entries: readonly TimelineEntry[]): Uint8Array => {
  const words = new OwnWords();
  body.restart();
  writeEntries(body, words, entries, undefined, 0);
  return withWords(words);
};

export const decodeEntries = (bytes: Uint8Array): readonly TimelineEntry[] => {
  const { reader, word } = opened(bytes);
  return readEntries(reader, word, new Set(), 0);
};

const withWords = (words: OwnWords): Uint8Array => {
  beginning.restart();
  beginning.byte(format);
  words.write(beginning);
  return beginning.takenWith(body);
};

const opened = (bytes: Uint8Array) => {
  const reader = new ByteReader(bytes);
  const stored = reader.byte();
  if (stored !== format) throw new UnreadableBytesError(`it is of format ${stored}`);
  return { reader, word: readOwnWords(reader) };
};

const stageOf = (text: string): Stage => {
  const stage = stages.find((each) => each === text);
  if (stage === undefined) throw new UnreadableBytesError(`there is no stage ${text}`);
  return stage;
};
