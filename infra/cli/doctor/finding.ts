/** `error`: something is broken or would be. `warning`: it works, and somebody should look. */
export type Level = 'ok' | 'warning' | 'error';

export type Finding = Readonly<{
  level: Level;
  /** What was looked at: `identity`, `dead letters`, ... */
  check: string;
  /** One sentence. */
  text: string;
  /** What to do; always there unless all is well. */
  remedy?: string;
}>;

export const ok = (check: string, text: string): Finding => ({ level: 'ok', check, text });
export const warning = (check: string, text: string, remedy: string): Finding => ({
  level: 'warning',
  check,
  text,
  remedy,
});
export const error = (check: string, text: string, remedy: string): Finding => ({
  level: 'error',
  check,
  text,
  remedy,
});
