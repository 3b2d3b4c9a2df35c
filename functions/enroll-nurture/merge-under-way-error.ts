/** A lead is just being merged, and what that means here comes with its own fact. Thrown, so that the message comes again. */
export class MergeUnderWayError extends Error {
  override readonly name = 'MergeUnderWayError';
}
