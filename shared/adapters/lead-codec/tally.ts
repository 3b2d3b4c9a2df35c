import type { PatternTally, Tally } from '../../domain/fold/tally.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readPeriods, writePeriods } from './periods.ts';

/**
 * Times are told as what passed until `ref`. The engagement that earned is
 * told by its place in `recent` if it is there: 0: there is none, 1: it is not there, 2: the first.
 */
export const writeTally = (writer: ByteWriter, tally: Tally, recent: readonly TimelineEntry[]): void => {
  const { ref, sums, periods, assets, fullAssets, patterns, earned } = tally;
  writer.signed(ref);
  writeSums(writer, sums);
  writePeriods(writer, periods, ref);
  writeAssets(writer, assets, ref);
  writer.whole(fullAssets.length);
  for (const { rule, at } of fullAssets) {
    writer.whole(rule);
    writer.whole(ref - at);
  }
  writer.whole(patterns.length);
  for (const { pattern, paidAt, values } of patterns) {
    writer.whole(pattern);
    writer.whole(2 * values.length + (paidAt === undefined ? 0 : 1));
    if (paidAt !== undefined) writer.whole(ref - paidAt);
    for (const { value, at } of values) {
      writer.signed(value);
      writer.whole(ref - at);
    }
  }
  writeEarned(writer, earned, recent, ref);
};

/** Which ones are not 0, eight to a byte, and those. */
const writeSums = (writer: ByteWriter, sums: Tally['sums']): void => {
  writer.whole(sums.length);
  for (let i = 0; i < sums.length; i += 8) {
    let used = 0;
    for (let j = i; j < Math.min(i + 8, sums.length); j++) if (!Object.is(sums[j], 0)) used |= 1 << (j - i);
    writer.byte(used);
  }
  for (const sum of sums) if (!Object.is(sum, 0)) writer.double(sum);
};

/** By stretches of one rule; the time of each is told by the one before. */
const writeAssets = (writer: ByteWriter, assets: Tally['assets'], ref: number): void => {
  let rule: number | undefined;
  let before = ref;
  for (let i = 0; i < assets.length; i++) {
    const asset = assets[i];
    if (asset === undefined) continue;
    if (asset.rule !== rule) {
      rule = asset.rule;
      before = ref;
      let end = i + 1;
      while (assets[end]?.rule === rule) end++;
      writer.whole(end - i);
      writer.whole(rule);
    }
    writer.uint32(asset.asset);
    writer.signed(before - asset.at);
    before = asset.at;
  }
  writer.whole(0);
};

const writeEarned = (
  writer: ByteWriter,
  earned: Tally['earned'],
  recent: readonly TimelineEntry[],
  ref: number,
): void => {
  const place =
    earned === undefined ? -2 : recent.findLastIndex(({ id, at }) => id === earned.id && at === earned.at);
  writer.whole(place + 2);
  if (place !== -1 || earned === undefined) return;
  writer.hex(earned.id);
  writer.whole(ref - earned.at);
};

export type ReadTally = Readonly<{
  ref: number;
  /** Once it is known which ones are recent. */
  tally(recent: readonly TimelineEntry[]): Tally;
}>;

export const readTally = (reader: ByteReader): ReadTally => {
  const ref = reader.signed();
  const sums = readSums(reader);
  const periods = readPeriods(reader, ref);
  const assets = readAssets(reader, ref);
  const fullAssets = readFullAssets(reader, ref);
  const patterns: PatternTally[] = [];
  for (let left = reader.whole(); left > 0; left--) patterns.push(readPattern(reader, ref));
  const place = reader.whole();
  const earned = place === 1 ? { id: reader.hex(8), at: ref - reader.whole() } : undefined;
  return {
    ref,
    tally(recent) {
      const tally = { ref, sums, periods, assets, fullAssets, patterns };
      if (place === 0) return tally;
      if (earned !== undefined) return { ...tally, earned };
      const { id = '', at = 0 } = recent[place - 2] ?? {};
      return { ...tally, earned: { id, at } };
    },
  };
};

const readSums = (reader: ByteReader): number[] => {
  const length = reader.whole();
  const sums = new Array<number>(length).fill(0);
  const used: number[] = [];
  for (let i = 0; i < length; i += 8) used.push(reader.byte());
  for (let i = 0; i < length; i++) if ((used[i >> 3] ?? 0) & (1 << (i & 7))) sums[i] = reader.double();
  return sums;
};

const readAssets = (reader: ByteReader, ref: number): Tally['assets'] => {
  const assets: Tally['assets'][number][] = [];
  for (;;) {
    const count = reader.whole();
    if (count === 0) return assets;
    const rule = reader.whole();
    let at = ref;
    for (let i = 0; i < count; i++) {
      const asset = reader.uint32();
      at -= reader.signed();
      assets.push({ rule, asset, at });
    }
  }
};

const readFullAssets = (reader: ByteReader, ref: number): Tally['fullAssets'] => {
  const full: Tally['fullAssets'][number][] = [];
  for (let left = reader.whole(); left > 0; left--)
    full.push({ rule: reader.whole(), at: ref - reader.whole() });
  return full;
};

const readPattern = (reader: ByteReader, ref: number): PatternTally => {
  const pattern = reader.whole();
  const counts = reader.whole();
  const paidAt = counts % 2 === 1 ? ref - reader.whole() : undefined;
  const values: PatternTally['values'][number][] = [];
  for (let left = Math.floor(counts / 2); left > 0; left--)
    values.push({ value: reader.signed(), at: ref - reader.whole() });
  return paidAt === undefined ? { pattern, values } : { pattern, paidAt, values };
};
