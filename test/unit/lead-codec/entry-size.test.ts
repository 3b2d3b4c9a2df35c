import { expect, it } from 'vitest';
import { encodeEntries } from '../../../shared/adapters/lead-codec/head.ts';
import { engagementRef } from '../../../shared/domain/engagement-ref.ts';
import { facetsOf } from '../../../shared/domain/facets.ts';
import { compareEntries } from '../../../shared/domain/timeline.ts';
import { benchPolicy } from '../../bench/bench-policy.ts';
import { mixOf } from '../../bench/mix.ts';
import { publishedDefaultPolicy } from '../../support/default-policy.ts';

const bytesPerEntry = ({ policy }: ReturnType<typeof publishedDefaultPolicy>): number => {
  const entries = mixOf({ seed: 1, leads: 0, hotEvents: 600 })
    .filter(({ copy }) => !copy)
    .map(({ detail }) => ({
      id: engagementRef(detail.id),
      at: Date.parse(detail.occurredAt ?? ''),
      kind: detail.kind,
      facets: facetsOf(detail, policy),
      origin: detail.source?.origin ?? '',
    }))
    .sort(compareEntries);
  const sizes = Array.from(
    { length: 40 },
    (_, i) => encodeEntries(entries.slice(15 * i, 15 * i + 15)).length,
  );
  return sizes.reduce((sum, size) => sum + size, 0) / (40 * 15);
};

it('an engagement takes few bytes, also with all that 50 rules read', async () => {
  expect(bytesPerEntry(publishedDefaultPolicy())).toBeLessThan(25);
  expect(bytesPerEntry(await benchPolicy())).toBeLessThan(40);
});
