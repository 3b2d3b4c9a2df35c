import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '..', '..', 'infra', 'cli', 'baton.ts');

describe('npm run demo', { timeout: 420_000 }, () => {
  it('plays ten days with its own story on the emulator, and keeps every promise', async () => {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [cli, 'demo', '--json'], {
      reject: false,
    });
    expect({ exitCode, broken: exitCode === 0 ? '' : stderr.slice(-2000) }).toEqual({
      exitCode: 0,
      broken: '',
    });
    expect(stdout.split('\n')).toHaveLength(1);
    const figures = JSON.parse(stdout);
    expect(figures).toMatchObject({ leads: 22, dlq: 0, rescues: 0, broken: [] });
    expect(figures.events).toMatchObject({ lost: 0, rejected: 2, scored: figures.events.distinct });
    expect(figures.events.sent).toBe(2 * figures.events.distinct + 2);
    expect(figures.mails.marketing.en).toBeGreaterThan(0);
    expect(figures.mails.marketing.de).toBeGreaterThan(0);
    expect(figures.escalations.breach).toBeGreaterThan(0);
    expect(figures.escalations.breach).toBe(figures.handoffs.breached);
    expect(figures.stages.sql).toBeGreaterThan(0);
    expect(figures.seconds).toBeLessThan(360);
  });

  it.each([
    ['an option that does not exist', ['demo', '--limt', '3'], 2, /unknown option/],
    ['a limit without input', ['demo', '--limit', '3'], 2, /^--limit is for --input/],
    ['input that is not there', ['policy', 'check', 'nowhere'], 2, /^There is no policy in nowhere/],
  ])('refuses %s', async (_, args, code, sentence) => {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [cli, ...args], { reject: false });
    expect(exitCode).toBe(code);
    expect(stdout).toBe('');
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});
