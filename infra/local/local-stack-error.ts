/** Something a person can put right. The message is one sentence and names the remedy. */
export class LocalStackError extends Error {
  override readonly name = 'LocalStackError';
}
