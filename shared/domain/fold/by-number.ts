/** Something about each of several rules or patterns, by their numbers. It never changes. */
export type ByNumber<T> = Readonly<{
  of(number: number): T | undefined;
  with(number: number, value: T): ByNumber<T>;
  /** In the order of the numbers. */
  all: readonly (readonly [number: number, value: T])[];
}>;

/** In memory. */
export class NumberedList<T> implements ByNumber<T> {
  readonly all: ByNumber<T>['all'];

  /** `all`: in the order of the numbers, each once. */
  constructor(all: ByNumber<T>['all'] = []) {
    this.all = all;
  }

  of(number: number): T | undefined {
    for (const [known, value] of this.all) if (known === number) return value;
    return undefined;
  }

  with(number: number, value: T): NumberedList<T> {
    const entry = [number, value] as const;
    let place = 0;
    while ((this.all[place]?.[0] ?? Infinity) < number) place++;
    const isThere = this.all[place]?.[0] === number;
    return new NumberedList(isThere ? this.all.with(place, entry) : this.all.toSpliced(place, 0, entry));
  }
}
