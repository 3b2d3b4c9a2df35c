import * as v from 'valibot';
import { parse, YAMLParseError } from 'yaml';

/** A mail's text cannot be published. Names file and field. */
export class InvalidTextError extends Error {
  override readonly name = 'InvalidTextError';
  readonly file: string;
  readonly field: string;
  readonly problem: string;

  constructor(file: string, field: string, problem: string) {
    super(`${file}: ${field}: ${problem}`);
    this.file = file;
    this.field = field;
    this.problem = problem;
  }
}

const line = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'is empty'),
  v.regex(/^[^\r\n]*$/, 'is more than one line'),
);
const variableName = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]*$/, 'is not the name of a variable'));

const frontMatter = v.strictObject({
  subject: line,
  preheader: line,
  button: v.optional(v.strictObject({ label: line, url: line })),
  layout: v.optional(v.picklist(['plain'])),
  variables: v.optional(v.array(variableName)),
});

export type TextSource = Readonly<v.InferOutput<typeof frontMatter> & { body: string }>;

/** Splits a text into front matter and body, and reads the former. @throws InvalidTextError */
export const readTextSource = (file: string, source: string): TextSource => {
  const [, head, body] =
    /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')) ?? [];
  if (head === undefined || body === undefined)
    throw new InvalidTextError(file, 'front matter', 'is missing: the file begins with --- and fields');
  const fields = v.safeParse(frontMatter, parseYaml(file, head));
  if (!fields.success) {
    const [issue] = fields.issues;
    throw new InvalidTextError(file, v.getDotPath(issue) ?? 'front matter', issue.message);
  }
  if (body.trim() === '') throw new InvalidTextError(file, 'body', 'is empty');
  return { ...fields.output, body: body.trim() };
};

const parseYaml = (file: string, head: string): unknown => {
  try {
    return parse(head);
  } catch (error) {
    if (error instanceof YAMLParseError)
      throw new InvalidTextError(file, 'front matter', error.message.split('\n')[0] ?? error.code);
    throw error;
  }
};
