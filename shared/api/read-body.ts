import * as v from 'valibot';
import { type ApiAnswer, apiError } from './api-call.ts';

const reasonsAtMost = 20;

/** What a call says; or the answer that says why it cannot be understood, without repeating any of it. */
export const readBody = <S extends v.GenericSchema>(
  schema: S,
  body: string | undefined,
): Readonly<{ said: v.InferOutput<S> } | { refused: ApiAnswer }> => {
  if (body === undefined)
    return {
      refused: apiError(413, {
        code: 'too-large',
        message: 'The body is larger than 256 KB.',
        remedy: 'Send less.',
      }),
    };
  const json = parsed(body);
  if (json === undefined)
    return {
      refused: apiError(400, {
        code: 'invalid-json',
        message: 'The body is not JSON.',
        remedy: 'Send one JSON object, as UTF-8.',
      }),
    };
  const read = v.safeParse(schema, json);
  if (read.success) return { said: read.output };
  return {
    refused: apiError(422, {
      code: 'invalid-body',
      message: 'The body is JSON, but not what this route takes.',
      remedy: 'Mend what `reasons` names; the README shows an example.',
      reasons: read.issues.slice(0, reasonsAtMost).map(reasonOf),
    }),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Valibot's own messages carry the received value. */
const reasonOf = (issue: v.BaseIssue<unknown>): string => {
  const path = v.getDotPath(issue) ?? '(root)';
  if (issue.type === 'strict_object' && issue.expected === 'never') return `${path}: unknown field`;
  if (issue.type === 'check') return `${path}: ${issue.message}`;
  if (issue.received === 'undefined') return `${path}: missing`;
  return `${path}: not a valid ${issue.type.replaceAll('_', ' ')}`;
};
