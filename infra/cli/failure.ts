import { styleText } from 'node:util';
import { InvalidPolicyError } from '../../shared/policy/policy-problem.ts';
import {
  NothingBeforeError,
  PolicyTooLargeError,
  PublishConflictError,
} from '../../shared/policy/publish-policy.ts';
import { LocalStackError } from '../local/local-stack-error.ts';
import { DeployError } from './deploy/deploy-error.ts';
import { UnreachableError } from './unreachable.ts';
import { UsageError } from './usage-error.ts';

/** What a person is told, and what a script. What they can put right is one sentence; a fault of ours has its place. */
export const failure = (error: unknown): Readonly<{ text: string; exitCode: number }> => {
  if (error instanceof UsageError) return { text: styleText('red', error.message), exitCode: 2 };
  if (error instanceof LocalStackError || error instanceof UnreachableError || error instanceof DeployError)
    return { text: styleText('red', error.message), exitCode: 3 };
  if (error instanceof InvalidPolicyError) return { text: error.message, exitCode: 1 };
  if (error instanceof NothingBeforeError || error instanceof PolicyTooLargeError)
    return { text: styleText('red', error.message), exitCode: 1 };
  if (error instanceof PublishConflictError) return { text: styleText('red', error.message), exitCode: 3 };
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: 3 };
};
