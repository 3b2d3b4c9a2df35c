import type { TimelineEntry } from '../timeline.ts';

/** FNV-1a over UTF-16, 32 bits. */
const numberOf = (text: string): number => {
  let number = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    number = Math.imul(number ^ (unit & 0xff), 0x01000193);
    number = Math.imul(number ^ (unit >>> 8), 0x01000193);
  }
  return number >>> 0;
};

/**
 * What an engagement was about, as a tally can remember it; undefined: nothing that has a name. Scoring tells assets
 * apart by this number: among a hundred of one lead, two are taken for one in one lead of a million.
 */
export const assetNumber = ({ facets }: TimelineEntry): number | undefined =>
  facets?.asset === undefined ? undefined : numberOf(String(facets.asset));

/** To rules that pay once per asset, whatever is about nothing is about the same. */
export const noAsset = numberOf('');
