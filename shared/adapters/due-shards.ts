/** The due index is spread over this many partitions: one takes 1,000 writes a second. */
const count = 4;

const shardsOf = (name: string): readonly string[] =>
  Array.from({ length: count }, (_, shard) => `${name}#${shard}`);

export const dueShards: readonly string[] = shardsOf('due');

/** Leads that wait for a person stand in the same index, where no tick looks: an item is in it once. */
export const waitingShards: readonly string[] = shardsOf('would-be-mql');
/** The same for those that were held back in a surge. */
export const heldShards: readonly string[] = shardsOf('held-mql');

/** The partition of the due index that an item belongs to, by its id. */
export const dueShard = (id: string): string => `due#${shardNumber(id)}`;
/** The partition of the index `open` that an item belongs to, by its id. */
export const openShards: readonly string[] = shardsOf('open');
export const openShard = (id: string): string => `open#${shardNumber(id)}`;
export const waitingShard = (id: string): string => `would-be-mql#${shardNumber(id)}`;
export const heldShard = (id: string): string => `held-mql#${shardNumber(id)}`;

const shardNumber = (id: string): number => {
  let hash = 0;
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0;
  return hash % count;
};
