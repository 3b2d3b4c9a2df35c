import { createServer } from 'node:http';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '..', '..', 'infra', 'cli', 'baton.ts');
const start = (apiPort: number, mailsPort: number) =>
  execa(process.execPath, [cli, 'start', '--api-port', String(apiPort), '--mails-port', String(mailsPort)], {
    reject: false,
    all: true,
    killDescendants: true,
  });
const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

const outputUntil = (output: NodeJS.ReadableStream, text: string): Promise<string> =>
  new Promise((resolve) => {
    let shown = '';
    output.on('data', (chunk: Buffer) => {
      shown += chunk;
      if (shown.includes(text)) resolve(shown);
    });
    output.on('end', () => resolve(shown));
  });

describe('npm start', { timeout: 180_000 }, () => {
  it('says where it runs, and Ctrl-C stops all that it started', async () => {
    const [apiPort, mailsPort] = [await getPort(), await getPort()];
    const running = start(apiPort, mailsPort);
    const shown = await outputUntil(running.all, 'Ctrl-C');
    expect(shown).toContain('Baton runs on this machine.');
    expect(await answers(`http://127.0.0.1:${mailsPort}/`)).toBe(true);
    expect(await answers(`http://127.0.0.1:${apiPort}/`)).toBe(true);
    running.kill('SIGINT');
    const { exitCode } = await running;
    expect(exitCode).toBe(130);
    expect(await answers(`http://127.0.0.1:${mailsPort}/`)).toBe(false);
    expect(await answers(`http://127.0.0.1:${apiPort}/`)).toBe(false);
  });

  it('says in one sentence that a port is taken, and what to do', async () => {
    const other = createServer();
    const taken = await getPort();
    await new Promise<void>((resolve) => other.listen(taken, '127.0.0.1', resolve));
    const { exitCode, all } = await start(await getPort(), taken);
    other.close();
    expect(exitCode).toBe(3);
    expect(all.trim()).toMatch(new RegExp(`^Port ${taken} .*choose another port.*$`));
  });
});
