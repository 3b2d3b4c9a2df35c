/** An environment could not be changed, or not be read. The message is one sentence with the reason, or the remedy. */
export class DeployError extends Error {
  override readonly name = 'DeployError';
}
