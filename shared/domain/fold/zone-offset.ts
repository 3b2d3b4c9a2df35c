import { DAY, HOUR, MINUTE } from '../time.ts';

/** Making a formatter takes longer than a hundred uses of it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    numberingSystem: 'latn',
    timeZoneName: 'longOffset',
  });
  formatters.set(zone, made);
  return made;
};

/** As in `1/1/1972, GMT-00:44:30`; just `GMT` is none. */
const offsetText = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

const exactOffset = (at: number, zone: string): number => {
  const [, sign, hours = 0, minutes = 0, seconds = 0] = offsetText.exec(formatterOf(zone).format(at)) ?? [];
  const ahead = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000;
  return sign === '-' ? -ahead : ahead;
};

/** Offsets of whole pieces of time; NaN: it changes within the piece. */
type Pieces = Map<number, number>;
/** Beyond this all are forgotten: engagements are of a few thousand days at most. */
const mostPieces = 10_000;

const offsetOfPiece = (pieces: Pieces, length: number, at: number, zone: string): number => {
  const piece = Math.floor(at / length);
  const known = pieces.get(piece);
  if (known !== undefined) return known;
  const first = exactOffset(piece * length, zone);
  const offset = first === exactOffset((piece + 1) * length, zone) ? first : Number.NaN;
  if (pieces.size >= mostPieces) pieces.clear();
  pieces.set(piece, offset);
  return offset;
};

const quarter = 15 * MINUTE;
type KnownZone = Readonly<{ zone: string; days: Pieces; quarters: Pieces }>;
const zones = new Map<string, KnownZone>();
/** Mostly one zone is asked for again and again. */
let latest: KnownZone | undefined;

const knownOf = (zone: string): KnownZone => {
  if (latest?.zone === zone) return latest;
  latest = zones.get(zone) ?? { zone, days: new Map(), quarters: new Map() };
  zones.set(zone, latest);
  return latest;
};

/**
 * How far clocks on the wall are ahead of UTC, milliseconds. Zones are slow to ask, so an answer is kept for the day,
 * and for the quarter of an hour on days on which clocks are changed.
 */
export const offsetAt = (at: number, zone: string): number => {
  const known = knownOf(zone);
  const ofDay = offsetOfPiece(known.days, DAY, at, zone);
  if (!Number.isNaN(ofDay)) return ofDay;
  const ofQuarter = offsetOfPiece(known.quarters, quarter, at, zone);
  return Number.isNaN(ofQuarter) ? exactOffset(at, zone) : ofQuarter;
};
