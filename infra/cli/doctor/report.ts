import { styleText } from 'node:util';
import type { Finding, Level } from './finding.ts';

const marks = {
  ok: styleText('green', '✓'),
  warning: styleText('yellow', '!'),
  error: styleText('red', '✗'),
} as const satisfies Record<Level, string>;

/** A line a finding, with its remedy below; what is broken comes last, where it is seen. */
export const doctorReport = (findings: readonly Finding[]): string => {
  const of = (level: Level) => findings.filter((finding) => finding.level === level);
  const lines = [...of('ok'), ...of('warning'), ...of('error')].map(({ level, check, text, remedy }) =>
    [
      `${marks[level]} ${check.padEnd(14)} ${text}`,
      ...(remedy === undefined ? [] : [`${' '.repeat(17)}${styleText('dim', `-> ${remedy}`)}`]),
    ].join('\n'),
  );
  return [
    ...lines,
    '',
    `${of('error').length} broken, ${of('warning').length} to look at, ${of('ok').length} fine`,
  ].join('\n');
};
