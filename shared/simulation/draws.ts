/** What chance decides, all of it from one source: the same seed, the same history. */
export type Draws = Readonly<{
  /** True with this probability. */
  chance(probability: number): boolean;
  /** From `least` up to and including `most`. */
  whole(least: number, most: number): number;
  /** Many near `least`, few near `most`, as waiting times are. */
  skewed(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
}>;

/** `random` gives numbers in [0, 1). */
export const drawsOf = (random: () => number): Draws => {
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return {
    chance: (probability) => random() < probability,
    whole,
    skewed: (least, most) => least + Math.floor(random() ** 4 * (most - least + 1)),
    pick(from) {
      if (from.length === 0) throw new RangeError('nothing to pick from');
      // Its place is one of the list.
      return from[whole(0, from.length - 1)] as (typeof from)[number];
    },
  };
};
