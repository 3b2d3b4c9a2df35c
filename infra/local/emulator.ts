import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { createCertificate } from './certificate.ts';
import { type EmulatorConnection, emulatorConnection } from './emulator-connection.ts';
import { LocalStackError } from './local-stack-error.ts';
import { endGroup } from './process-group.ts';
import { pythonEnvironment } from './python-environment.ts';
import { createRunDirectory } from './run-directory.ts';

export type EmulatorOptions = Readonly<{
  /** A git-ignored folder. The installation is shared, all else goes to `run/<port>` below it. */
  directory: string;
  /** Default: a free one. */
  port?: number;
  region?: string;
  /** Where Lambdas send mail: becomes AWS_ENDPOINT_URL_SESV2 for them. */
  mailFrontUrl: string;
  /** Where Lambdas ask for the virtual time: becomes BATON_CLOCK_URL for them. */
  clockUrl: string;
  onProgress?: (message: string) => void;
}>;

export type Emulator = EmulatorConnection &
  Readonly<{
    pid: number;
    /** Of this run alone; gone when it is stopped. */
    runDirectory: string;
    logPath: string;
    /** Rejects with a LocalStackError if the emulator ends without being stopped; else never settles. */
    died: Promise<never>;
    stop(): Promise<void>;
  }>;

/**
 * A fresh, empty AWS account on the loopback that enforces IAM. Its Lambdas inherit its environment, which
 * is how they find mail front and clock. Throws LocalStackError.
 */
export const startEmulator = async (options: EmulatorOptions): Promise<Emulator> => {
  const { region = 'eu-central-1', onProgress = () => {} } = options;
  const directory = resolve(options.directory);
  const port = await takePort(options.port);
  const python = await pythonEnvironment(directory, onProgress);
  onProgress('starting the AWS emulator');
  const run = await createRunDirectory(directory, port);
  const certificate = await createCertificate(join(run.path, 'tls'));
  const connection = emulatorConnection({ port, region, certificate });
  const log = openSync(run.logPath, 'w');
  const variables = {
    PYTHONUNBUFFERED: '1',
    TMPDIR: run.temporary,
    BIND_HOST: '127.0.0.1',
    MINISTACK_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_REGION: region,
    AUTH: 'true',
    USE_SSL: '1',
    MINISTACK_SSL_CERT: certificate.certificatePath,
    MINISTACK_SSL_KEY: certificate.keyPath,
    // INFO also shows what Lambdas print.
    LOG_LEVEL: process.env.BATON_EMULATOR_LOG_LEVEL ?? 'WARNING',
    AWS_ENDPOINT_URL_SESV2: options.mailFrontUrl,
    BATON_CLOCK_URL: options.clockUrl,
  };
  const script = fileURLToPath(new URL('emulator.py', import.meta.url));
  const child = spawn(python.command, python.args(script, { ...variables, ...connection.settings }), {
    cwd: run.path,
    // A group of its own: its Lambdas are its children, and one signal must reach them all.
    detached: true,
    stdio: ['pipe', log, log],
    env: {
      ...connection.environment,
      ...variables,
      ...python.variables,
      // Lambdas run on the Node that runs this.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  closeSync(log);
  let stopping = false;
  let failed = false;
  const died = ended.then(async () => {
    if (stopping) return new Promise<never>(() => {});
    failed = true;
    const reason = (await readFile(run.logPath, 'utf8')).trim().split('\n').at(-1) ?? '';
    throw new LocalStackError(
      `The AWS emulator ended by itself (${reason.slice(0, 200)}): see ${run.logPath}, then start again.`,
    );
  });
  // Whoever does not wait for it must not be ended by it.
  died.catch(() => {});
  const stop = async () => {
    stopping = true;
    if (child.pid !== undefined) await endGroup(child.pid, ended);
    connection.close();
    await run.remove({ keepLog: failed });
  };
  const pid = child.pid ?? 0;
  try {
    await run.claim(pid);
    await Promise.race([untilHealthy(connection, run.logPath), died]);
  } catch (error) {
    failed = true;
    await stop();
    throw error;
  }
  return { ...connection, pid, runDirectory: run.path, logPath: run.logPath, died, stop };
};

const takePort = async (wanted: number | undefined): Promise<number> => {
  if (wanted === undefined) return getPort({ host: '127.0.0.1' });
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      reject(
        new LocalStackError(
          `Port ${wanted} of 127.0.0.1 is taken: end what listens there (lsof -i :${wanted}) or choose another port.`,
          { cause: error },
        ),
      );
    });
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve()));
  });
  return wanted;
};

const untilHealthy = async ({ request }: EmulatorConnection, logPath: string): Promise<void> => {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const answer = await request({ path: '/_ministack/health' }).catch(() => undefined);
    if (answer?.status === 200) return;
    await setTimeout(50);
  }
  throw new LocalStackError(`The AWS emulator did not answer within 30 seconds: see ${logPath}.`);
};
