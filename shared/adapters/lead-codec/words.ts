import { type ByteReader, UnreadableBytesError } from './byte-reader.ts';
import type { ByteTable } from './byte-table.ts';
import { ByteWriter } from './byte-writer.ts';

/**
 * Words that most timelines use: an item names them by their place here, and brings all others along. Stored items rely
 * on the places: add at the end, never move or remove one, 64 at most.
 */
const knownWords: readonly string[] = [
  'page-viewed',
  'email-opened',
  'email-clicked',
  'feature-viewed',
  'pricing-viewed',
  'case-study-viewed',
  'content-downloaded',
  'social-engaged',
  'webinar-registered',
  'webinar-attended',
  'careers-viewed',
  'demo-requested',
  'unsubscribed',
  'roi-calculated',
  'newsletter-subscribed',
  'content-helped',
  'qr-scanned',
  'quote-requested',
  'meeting-booked',
  'consultation-requested',
  'trial-started',
  'detailed-inquiry',
  'email-replied',
  'asset',
  'path',
  'campaign',
  'seconds',
  'inquiry',
  'mql',
  'sal',
  'sql',
  'customer',
  'recycled',
  'disqualified',
  'lost',
  'organic',
  'paid',
  'mail',
  'social',
  'direct',
  'referral',
  'email',
  'search',
  'engagement',
  'profile',
  'command',
];
const knownPlaces: ReadonlyMap<string, number> = new Map(knownWords.map((word, place) => [word, place]));
/** An item's own words are numbered from here. */
const firstOwn = 64;

/** A word that an item need not bring along, or says right here. */
export const writeWord = (writer: ByteWriter, word: string): void => {
  const place = knownPlaces.get(word) ?? firstOwn;
  writer.byte(place);
  if (place === firstOwn) writer.text(word);
};

export const readWord = (reader: ByteReader): string => {
  const place = reader.byte();
  return place === firstOwn ? reader.text() : (knownWords[place] ?? unknownWord(place));
};

/** The word at a place; `own`: those that the item brings along. */
export const wordAt = (own: readonly string[], place: number): string =>
  (place < firstOwn ? knownWords[place] : own[place - firstOwn]) ?? unknownWord(place);

const scratch = new ByteWriter();

/** The place of a word; the item brings it along in `own` if it must. */
export const placeOfWord = (own: ByteTable, word: string): number => {
  const known = knownPlaces.get(word);
  if (known !== undefined) return known;
  scratch.restart();
  scratch.characters(word);
  return firstOwn + own.placeOf(scratch);
};

const unknownWord = (place: number): never => {
  throw new UnreadableBytesError(`it has no word ${place}: a newer release wrote it`);
};
