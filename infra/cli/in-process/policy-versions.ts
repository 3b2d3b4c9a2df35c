import { epochOf, MINUTE } from '../../../shared/domain/time.ts';
import type { Clock, PolicySource, PublishedPolicy } from '../../../shared/ports.ts';

/** For so long an instance may go by the policy that it read last. */
const heldMs = MINUTE;

/**
 * Policies that were published one after the other. Each instance reads the one in force for itself: one that may be
 * `behind` goes by the one before for a while, but never by one that is older than what it was asked for.
 */
export const policyVersions = (first: PublishedPolicy, clock: Clock) => {
  const published: (PublishedPolicy & Readonly<{ at: number }>)[] = [
    { ...first, at: Number.NEGATIVE_INFINITY },
  ];
  const inForce = () => published.at(-1) ?? first;

  return {
    inForce: (): PublishedPolicy => inForce(),
    /** All of them, a rollback too, with epoch milliseconds. */
    published: (): readonly (PublishedPolicy & Readonly<{ at: number }>)[] => published,
    publish({ hash, policy }: Pick<PublishedPolicy, 'hash' | 'policy'>): PublishedPolicy {
      const next = { hash, policy, sequence: inForce().sequence + 1, at: epochOf(clock.now()) };
      published.push(next);
      return next;
    },
    source(isBehind: () => boolean): PolicySource {
      let held: PublishedPolicy | undefined;
      const read = (sequence: number): PublishedPolicy => {
        const [before, now] = [published.at(-2), published.at(-1)];
        if (now === undefined) return first;
        if (before === undefined || before.sequence < sequence) return now;
        return epochOf(clock.now()) < now.at + heldMs && isBehind() ? before : now;
      };
      return {
        async current(sequence = 0) {
          if (held === undefined || held.sequence < sequence) held = read(sequence);
          return held;
        },
        async published(hash) {
          const found = published.find((one) => one.hash === hash);
          if (found === undefined) throw new Error(`the policy ${hash} was never published`);
          return found.policy;
        },
      };
    },
  };
};
