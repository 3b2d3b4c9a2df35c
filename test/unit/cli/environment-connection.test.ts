import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connectTo } from '../../../infra/cli/environment-connection.ts';
import { unreachable } from '../../../infra/cli/unreachable.ts';
import { findRunningStack } from '../../../infra/local/running-stack.ts';

const failed = (name: string, message = '', code?: string): Error =>
  Object.assign(new Error(message), { name, ...(code === undefined ? {} : { code }) });

describe('what stands between the command line and an environment', () => {
  it.each([
    [failed('ValidationError', 'Stack with id Baton-dev does not exist'), 'Baton-dev is not deployed'],
    [failed('CredentialsProviderError'), 'No AWS credentials were found'],
    [failed('ExpiredToken'), 'AWS does not accept the credentials'],
    [failed('AccessDenied', 'not allowed.'), 'may not do that: not allowed. Ask for'],
    [failed('Error', 'Region is missing'), 'No AWS region was named'],
    [failed('Error', '', 'ECONNREFUSED'), 'does not answer (ECONNREFUSED)'],
  ])('is said in one sentence: %s', (error, sentence) => {
    expect(String(unreachable(error, 'dev'))).toContain(sentence);
  });

  it('leaves faults of ours as they are', () => {
    const fault = new TypeError('x is not a function');
    expect(unreachable(fault, 'dev')).toBe(fault);
  });

  it('lists the environments that exist', async () => {
    await expect(connectTo('nowhere')).rejects.toThrow('choose one of local, dev, staging, prod with --env');
  });
});

describe('the local stack that was announced', () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-run-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const announce = (port: string, pid: number) => {
    mkdirSync(join(directory, 'run', port), { recursive: true });
    const connection = {
      pid,
      endpoint: `https://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      certificateBundle: '/nowhere',
    };
    writeFileSync(join(directory, 'run', port, 'connection.json'), JSON.stringify(connection));
  };

  it('is none, then one that died, then one that runs, then one too many', async () => {
    expect(await findRunningStack(directory)).toBeUndefined();
    announce('1', 2 ** 30);
    await expect(findRunningStack(directory)).rejects.toThrow('start it again with npm start');
    announce('2', process.pid);
    expect(await findRunningStack(directory)).toMatchObject({ endpoint: 'https://127.0.0.1:2' });
    announce('3', process.ppid);
    await expect(findRunningStack(directory)).rejects.toThrow('stop all but one');
  });
});
