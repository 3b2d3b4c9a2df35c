import type { AssetPaid, AssetsPaid } from '../../domain/fold/tally.ts';
import type { ValueCodec } from './numbered.ts';

/** How many, 15 at most; 0: it has all that it is paid for. The time of each is told by the one before. */
export const assetsCodec: ValueCodec<AssetsPaid> = {
  bitsOf(assets) {
    if ('fullAt' in assets) return 0;
    if (assets.paid.length === 0) throw new RangeError('a rule that has paid for no asset');
    return assets.paid.length;
  },
  write(writer, assets, base) {
    if ('fullAt' in assets) {
      writer.signed(base - assets.fullAt);
      return;
    }
    let before = base;
    for (const { asset, at } of assets.paid) {
      writer.uint32(asset);
      writer.signed(before - at);
      before = at;
    }
  },
  read(reader, base, count) {
    if (count === 0) return { fullAt: base - reader.signed() };
    const paid: AssetPaid[] = [];
    let at = base;
    for (let i = 0; i < count; i++) {
      const asset = reader.uint32();
      at -= reader.signed();
      paid.push({ asset, at });
    }
    return { paid };
  },
  skip(reader, count) {
    if (count === 0) reader.skipWhole();
    for (let i = 0; i < count; i++) {
      reader.skip(4);
      reader.skipWhole();
    }
  },
};
