import { readdir, readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { parse } from 'yaml';
import { inboundEvents } from '../../../shared/events/inbound.ts';
import { UsageError } from '../usage-error.ts';
import { answerRecorded } from './answer-recorded.ts';

type Template = string | number | boolean | { [field: string]: Template };
const template: v.GenericSchema<Template> = v.union([
  v.string(),
  v.number(),
  v.boolean(),
  v.record(
    v.string(),
    v.lazy(() => template),
  ),
]);

const sheet = v.strictObject({
  columns: v.pipe(v.array(v.string()), v.minLength(1)),
  event: v.picklist([...inboundEvents.map(({ type }) => type), answerRecorded.type]),
  time: v.string(),
  /** Only rows with just these texts, by column. */
  where: v.optional(v.record(v.string(), v.string())),
  /** Of rows with the same text in this column only the earliest; of one time, the one that stands first. */
  first: v.optional(v.string()),
  detail: v.record(v.string(), template),
});

const mapping = v.strictObject({ name: v.string(), zone: v.string(), sheets: v.array(sheet) });

/** How the rows of somebody's files become events. */
export type Mapping = v.InferOutput<typeof mapping>;
export type Sheet = v.InferOutput<typeof sheet>;
export type { Template };

/** The mappings that ship. */
export const shippedMappings = async (
  directory = new URL('mappings/', import.meta.url),
): Promise<readonly Mapping[]> => {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.yaml')).sort();
  return Promise.all(
    files.map(async (file) => v.parse(mapping, parse(await readFile(new URL(file, directory), 'utf8')))),
  );
};

/**
 * The mapping that somebody asks for: a file of theirs, or the name of one that ships. Not asked: all that ship.
 * @throws UsageError if there is none, or it cannot be meant; it names the place.
 */
export const mappingsFor = async (wanted: string | undefined): Promise<readonly Mapping[]> => {
  const shipped = await shippedMappings();
  if (wanted === undefined) return shipped;
  const named = shipped.find(({ name }) => name === wanted);
  if (named !== undefined) return [named];
  const text = await readFile(wanted, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new UsageError(
      `There is no mapping ${wanted}: name a file, or one that ships (${shipped.map(({ name }) => name).join(', ')}).`,
    );
  return [readMapping(text, wanted)];
};

const readMapping = (text: string, file: string): Mapping => {
  let written: unknown;
  try {
    written = parse(text);
  } catch (error) {
    throw new UsageError(
      `${file} is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : 'it cannot be read'}`,
    );
  }
  const read = v.safeParse(mapping, written);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new UsageError(
    `${file} is no mapping: ${v.getDotPath(issue) ?? 'it'} is ${issue.received}, but ${issue.expected} is expected.`,
  );
};

/** How a file is read: each of its rows by all sheets that it concerns. */
export type FileSheets = Readonly<{ mapping: Mapping; sheets: readonly Sheet[] }>;

/**
 * The sheets that know a file with this header; of several the one that knows most of its columns, and those of its mapping
 * that name the same ones.
 */
export const sheetsFor = (
  mappings: readonly Mapping[],
  header: readonly string[],
): FileSheets | undefined => {
  const [best] = mappings
    .flatMap((candidate) => candidate.sheets.map((each) => ({ mapping: candidate, columns: each.columns })))
    .filter(({ columns }) => columns.every((column) => header.includes(column)))
    .sort((a, b) => b.columns.length - a.columns.length);
  if (best === undefined) return undefined;
  const same = best.columns.toSorted().join('\n');
  return {
    mapping: best.mapping,
    sheets: best.mapping.sheets.filter(({ columns }) => columns.toSorted().join('\n') === same),
  };
};
