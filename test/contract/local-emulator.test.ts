import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createCertificate } from '../../infra/local/certificate.ts';
import { startEmulator } from '../../infra/local/emulator.ts';
import { pythonEnvironment } from '../../infra/local/python-environment.ts';

const directory = fileURLToPath(new URL('../../.baton', import.meta.url));
const nowhere = { mailFrontUrl: 'http://127.0.0.1:1', clockUrl: 'http://127.0.0.1:1/clock' };

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

afterEach(() => vi.unstubAllEnvs());

describe('an emulator', { timeout: 120_000 }, () => {
  it('enforces IAM over TLS, and leaves no process, port or folder', async () => {
    const emulator = await startEmulator({ directory, ...nowhere });
    const port = Number(new URL(emulator.endpoint).port);
    const health = JSON.parse((await emulator.request({ path: '/_ministack/health' })).body.toString());
    expect(health.auth).toBe('enabled');
    expect(await listens(port)).toBe(true);
    await emulator.stop();
    expect([isAlive(emulator.pid), await listens(port), existsSync(emulator.runDirectory)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('runs beside another one', async () => {
    const both = await Promise.all([
      startEmulator({ directory, ...nowhere }),
      startEmulator({ directory, ...nowhere }),
    ]);
    try {
      for (const { request } of both) expect((await request({ path: '/_baton/activity' })).status).toBe(200);
    } finally {
      await Promise.all(both.map(({ stop }) => stop()));
    }
  });

  it('that dies is told in a sentence', async () => {
    const emulator = await startEmulator({ directory, ...nowhere });
    process.kill(emulator.pid, 'SIGKILL');
    await expect(emulator.died).rejects.toMatchObject({
      name: 'LocalStackError',
      message: expect.stringMatching(/^The AWS emulator ended by itself .*emulator\.log/),
    });
    await emulator.stop();
  });

  it('ends with a runner that is killed', async () => {
    const script = `
      import { startEmulator } from '${new URL('../../infra/local/emulator.ts', import.meta.url)}';
      const { pid } = await startEmulator(${JSON.stringify({ directory, ...nowhere })});
      console.log(pid);
      setInterval(() => {}, 1000);`;
    const runner: ChildProcess = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = await once(runner.stdout!, 'data');
    const pid = Number(String(output));
    expect(isAlive(pid)).toBe(true);
    runner.kill('SIGKILL');
    for (let i = 0; i < 50 && isAlive(pid); i++) await setTimeout(100);
    expect(isAlive(pid)).toBe(false);
  });
});

it('says which port is taken, and how to see by whom', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const address = squatter.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await expect(startEmulator({ directory, port, ...nowhere })).rejects.toMatchObject({
    name: 'LocalStackError',
    message: `Port ${port} of 127.0.0.1 is taken: end what listens there (lsof -i :${port}) or choose another port.`,
  });
  squatter.close();
});

it('says what to install where there is no Python', async () => {
  vi.stubEnv('PATH', '/nowhere');
  const empty = await mkdtemp(join(tmpdir(), 'baton-'));
  await expect(pythonEnvironment(empty, () => {})).rejects.toMatchObject({
    name: 'LocalStackError',
    message: expect.stringMatching(/needs Python or Docker\. Install Python 3\.10 or newer/),
  });
  await rm(empty, { recursive: true });
});

it('runs from its image where there is only Docker', async () => {
  const bin = await mkdtemp(join(tmpdir(), 'baton-'));
  // Stands for a Docker engine: what is asked of it is what one would be asked.
  await writeFile(join(bin, 'docker'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  vi.stubEnv('PATH', bin);
  const { command, args } = await pythonEnvironment(bin, () => {});
  expect(command).toBe('docker');
  const line = args('/project/emulator.py', { AUTH: 'true' }).join(' ');
  expect(line).toMatch(/^run --rm --interactive --init --network host /);
  expect(line).toMatch(
    / --env AUTH --entrypoint python3 ministackorg\/ministack:[\d.]+ \/project\/emulator[.]py$/,
  );
  await rm(bin, { recursive: true });
});

it('trusts its certificate in addition to what this machine trusts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baton-'));
  const company = await createCertificate(join(folder, 'company'), {});
  const ours = await createCertificate(join(folder, 'ours'), {
    NODE_EXTRA_CA_CERTS: company.certificatePath,
    AWS_CA_BUNDLE: company.certificatePath,
    SSL_CERT_FILE: '/nowhere.pem',
  });
  const { readFile } = await import('node:fs/promises');
  const bundle = await readFile(ours.bundlePath, 'utf8');
  expect(bundle.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(bundle).toContain(ours.certificate.trim());
  expect(bundle).toContain(company.certificate.trim());
  await rm(folder, { recursive: true });
});
