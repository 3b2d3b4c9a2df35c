/** What may go wrong, and how often. Probabilities, each of one occasion. */
export type Faults = Readonly<{
  /** Of one call of a port. */
  call: Readonly<{
    /** The instance stops before it; after it. */
    stopBefore: number;
    stopAfter: number;
    /** It is refused, and nothing happens. */
    throttled: number;
    /** It does its work, and its reply is lost. */
    lost: number;
    /** Its reply is lost, and the client calls once more. */
    repeated: number;
    /** It takes long. */
    slow: number;
  }>;
  /** Of a read that may be stale: it is. */
  staleRead: number;
  /** Of a message. */
  message: Readonly<{ twice: number; late: number; notDeleted: number }>;
  /** Of a batch of a stream: it comes again though it was handled. */
  batchAgain: number;
  /** Of a fact, between stream and bus. */
  lostFact: number;
  /** Of a tick: none for up to an hour; two at once. */
  ticksSkipped: number;
  tickTwice: number;
  /** Of a mail: taken or not, nobody knows; not taken; quota used up; refused; the account paused. */
  mail: Readonly<{ unknown: number; throttled: number; quota: number; refused: number; paused: number }>;
}>;

/** Far worse than any bad day. */
export const storm: Faults = {
  call: { stopBefore: 0.006, stopAfter: 0.008, throttled: 0.012, lost: 0.01, repeated: 0.008, slow: 0.02 },
  staleRead: 0.3,
  message: { twice: 0.08, late: 0.05, notDeleted: 0.03 },
  batchAgain: 0.06,
  lostFact: 0.15,
  ticksSkipped: 0.06,
  tickTwice: 0.1,
  mail: { unknown: 0.08, throttled: 0.08, quota: 0.02, refused: 0.02, paused: 0.02 },
};

/** Nothing goes wrong; calls still take their time, and messages any order. */
export const calm: Faults = {
  call: { stopBefore: 0, stopAfter: 0, throttled: 0, lost: 0, repeated: 0, slow: 0 },
  staleRead: 0,
  message: { twice: 0, late: 0, notDeleted: 0 },
  batchAgain: 0,
  lostFact: 0,
  ticksSkipped: 0,
  tickTwice: 0,
  mail: { unknown: 0, throttled: 0, quota: 0, refused: 0, paused: 0 },
};
