import type { ByteReader } from './byte-reader.ts';
import { UnreadableBytesError } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

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
/** An item's own words are numbered from here. */
const firstOwn = 64;

/** The place of a word: of one that an item brings along, in that item only. */
type Place = { item: number; place: number };
const everyItem = 0;

/** Items share words, and a map for each of them takes longer than all that is looked up in it. */
const places = new Map<string, Place>();
const mostPlaces = 20_000;
const learnKnown = (): void => {
  for (const [place, word] of knownWords.entries()) places.set(word, { item: everyItem, place });
};
learnKnown();
let items = everyItem;

/** A word is told by what it shares with the beginning of one of so many before it, mostly of the same facet. */
const lookBack = 3;
const mostShared = 63;

/** The words that an item brings along, in the order of their first use. One item is written at a time. */
export class OwnWords {
  readonly #own: string[] = [];
  readonly #item: number;

  constructor() {
    if (places.size > mostPlaces) {
      places.clear();
      learnKnown();
    }
    this.#item = ++items;
  }

  placeOf(word: string): number {
    const known = places.get(word);
    if (known === undefined) {
      const place = this.#bring(word);
      places.set(word, { item: this.#item, place });
      return place;
    }
    if (known.item !== this.#item && known.item !== everyItem) {
      known.item = this.#item;
      known.place = this.#bring(word);
    }
    return known.place;
  }

  #bring(word: string): number {
    return firstOwn + this.#own.push(word) - 1;
  }

  /** How many; of each what it shares with which one, and the length of the rest in UTF-16; the rests as one text. */
  write(writer: ByteWriter): void {
    const own = this.#own;
    writer.whole(own.length);
    if (own.length === 0) return;
    let rests = '';
    for (let i = 0; i < own.length; i++) {
      const word = own[i] ?? '';
      const beginning = bestBeginning(own, i, word);
      const shared = beginning & mostShared;
      writer.byte(beginning);
      writer.whole(word.length - shared);
      rests += shared === 0 ? word : word.slice(shared);
    }
    writer.text(rests);
  }
}

/** How far back the word is that shares most, in the upper two bits, and how much it shares. */
const bestBeginning = (own: readonly string[], i: number, word: string): number => {
  let best = 0;
  for (let back = 1; back <= lookBack && back <= i; back++) {
    const shared = sharedLength(own[i - back] ?? '', word);
    if (shared > (best & mostShared)) best = (back << 6) | shared;
  }
  return best;
};

const sharedLength = (a: string, b: string): number => {
  const most = Math.min(a.length, b.length, mostShared);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  // Never between the two halves of a character.
  return length > 0 && (a.charCodeAt(length - 1) & 0xfc00) === 0xd800 ? length - 1 : length;
};

/** Reads words by their places. */
export const readOwnWords = (reader: ByteReader): ((place: number) => string) => {
  const count = reader.whole();
  if (count === 0) return (place) => knownWords[place] ?? unknownWord(place);
  const begins: number[] = [];
  const lengths: number[] = [];
  for (let i = 0; i < count; i++) {
    begins.push(reader.byte());
    lengths.push(reader.whole());
  }
  const rests = reader.text();
  const own: string[] = [];
  let start = 0;
  for (let i = 0; i < count; i++) {
    const begin = begins[i] ?? 0;
    const end = start + (lengths[i] ?? 0);
    const rest = rests.slice(start, end);
    const shared = begin & mostShared;
    own.push(shared === 0 ? rest : (own[i - (begin >> 6)] ?? '').slice(0, shared) + rest);
    start = end;
  }
  return (place) => (place < firstOwn ? knownWords[place] : own[place - firstOwn]) ?? unknownWord(place);
};

const unknownWord = (place: number): never => {
  throw new UnreadableBytesError(`it has no word ${place}: a newer release wrote it`);
};
