import type { DecidedWith, Lead } from '../../domain/lead.ts';
import { type Stage, stages } from '../../domain/stage.ts';
import { epochOf, instantOf } from '../../domain/time.ts';
import { areAt, type ByteReader, UnreadableBytesError } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { type Milestones, readMilestones, writeMilestones } from './milestones.ts';
import { readName, writeName } from './names.ts';
import { readWord, writeWord } from './words.ts';

/** Where a lead stands, and how it came there: most engagements change nothing of it. */
type Standing = Pick<Lead, 'furthest' | 'stageAt' | 'policy' | 'profileChanges'> & Milestones;

/** Parts are compared as objects: what is equal and not the same is written again. */
export const isSameStanding = (a: Standing, b: Standing): boolean =>
  a.stageAt === b.stageAt &&
  a.furthest === b.furthest &&
  a.policy.sequence === b.policy.sequence &&
  a.policy.hash === b.policy.hash &&
  a.policy.scoring === b.policy.scoring &&
  a.profileChanges === b.profileChanges &&
  a.ask === b.ask &&
  a.mqlCause === b.mqlCause &&
  a.handoff === b.handoff &&
  a.hot === b.hot &&
  a.cutOff === b.cutOff &&
  a.restUntil === b.restUntil;

export const writeStanding = (writer: ByteWriter, lead: Standing, base: number): void => {
  writeWord(writer, lead.furthest);
  writer.signed(base - epochOf(lead.stageAt));
  writePolicy(writer, lead.policy);
  writer.whole(lead.profileChanges.length);
  for (const name of lead.profileChanges) writeName(writer, name);
  writeMilestones(writer, lead, base);
};

/** The lead with where it stands. */
export const readStanding = (
  reader: ByteReader,
  base: number,
  { stage, count, tally }: Readonly<{ stage: string } & Pick<Lead, 'count' | 'tally'>>,
): Lead => {
  const furthest = stageOf(readWord(reader));
  const stageAt = instantOf(base - reader.signed());
  const policy = readPolicy(reader);
  const profileChanges = readNames(reader);
  const lead: Lead = { stage: stageOf(stage), stageAt, furthest, count, tally, profileChanges, policy };
  readMilestones(reader, lead, base);
  return lead;
};

const noNames: readonly string[] = [];

const readNames = (reader: ByteReader): readonly string[] => {
  const count = reader.whole();
  return count === 0 ? noNames : Array.from({ length: count }, () => readName(reader));
};

const writePolicy = (writer: ByteWriter, { sequence, hash, scoring }: DecidedWith): void => {
  writer.whole(sequence);
  writeName(writer, hash);
  writeName(writer, scoring);
};

/** Nearly all leads were decided with the same one: it is not made anew for each. */
let latest: Readonly<{ bytes: Uint8Array; policy: DecidedWith }> | undefined;

const readPolicy = (reader: ByteReader): DecidedWith => {
  const start = reader.at;
  if (latest !== undefined && areAt(latest.bytes, latest.bytes.length, reader.bytes, start)) {
    reader.skip(latest.bytes.length);
    return latest.policy;
  }
  const sequence = reader.whole();
  const policy = { hash: readName(reader), sequence, scoring: readName(reader) };
  latest = { bytes: Uint8Array.from(reader.bytes.subarray(start, reader.at)), policy };
  return policy;
};

export const stageOf = (text: string): Stage => {
  const stage = stages.find((each) => each === text);
  if (stage === undefined) throw new UnreadableBytesError(`there is no stage ${text}`);
  return stage;
};
