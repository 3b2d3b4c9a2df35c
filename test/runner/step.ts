/** What a step of the test run came to. Checks without single tests count as one. */
export type Counts = Readonly<{ passed: number; failed: number; skipped: number }>;

export type Outcome = Counts &
  Readonly<{
    /** All that it printed; shown if it failed. */
    output: string;
    /** One line each, shown even if all is well: what was skipped, and why. */
    notes?: readonly string[];
  }>;

export type Step = Readonly<{ name: string; run: () => Promise<Outcome> }>;

export const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
  skipped: all.reduce((total, { skipped }) => total + skipped, 0),
});
