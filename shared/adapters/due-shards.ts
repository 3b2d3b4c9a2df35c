/** The due index is spread over this many partitions: one takes 1,000 writes a second. */
const count = 4;

export const dueShards: readonly string[] = Array.from({ length: count }, (_, shard) => `due#${shard}`);

/** The partition of the due index that an item belongs to, by its id. */
export const dueShard = (id: string): string => {
  let hash = 0;
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0;
  return `due#${hash % count}`;
};
