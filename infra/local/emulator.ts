import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import { createCertificate } from './certificate.ts';
import { type EmulatorConnection, emulatorConnection } from './emulator-connection.ts';
import { LocalStackError } from './local-stack-error.ts';
import { endGroup } from './process-group.ts';
import { pythonEnvironment } from './python-environment.ts';

export type EmulatorOptions = Readonly<{
  /** A git-ignored folder for the installation, certificates and logs. */
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
  const { directory, region = 'eu-central-1', onProgress = () => {} } = options;
  const port = await takePort(options.port);
  const [{ python, variables }, certificate] = await Promise.all([
    pythonEnvironment(directory, onProgress),
    createCertificate(join(directory, 'tls')),
  ]);
  onProgress('starting the AWS emulator');
  const connection = emulatorConnection({ port, region, certificate });
  // Lambdas are unpacked here; what an earlier run left behind is of no use.
  const temporary = join(directory, 'tmp', String(port));
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  const logPath = join(directory, 'emulator.log');
  const log = openSync(logPath, 'w');
  const child = spawn(python, [fileURLToPath(new URL('emulator.py', import.meta.url))], {
    cwd: directory,
    // A group of its own: its Lambdas are its children, and one signal must reach them all.
    detached: true,
    stdio: ['pipe', log, log],
    env: {
      ...connection.environment,
      ...variables,
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      PYTHONDONTWRITEBYTECODE: '',
      PYTHONUNBUFFERED: '1',
      TMPDIR: temporary,
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: region,
      AUTH: 'true',
      USE_SSL: '1',
      MINISTACK_SSL_CERT: certificate.certificatePath,
      MINISTACK_SSL_KEY: certificate.keyPath,
      LOG_LEVEL: process.env['BATON_EMULATOR_LOG_LEVEL'] ?? 'WARNING',
      AWS_ENDPOINT_URL_SESV2: options.mailFrontUrl,
      BATON_CLOCK_URL: options.clockUrl,
    },
  });
  closeSync(log);
  let stopping = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const died = ended.then(async () => {
    if (stopping) return new Promise<never>(() => {});
    const reason = (await readFile(logPath, 'utf8')).trim().split('\n').at(-1) ?? '';
    throw new LocalStackError(
      `The AWS emulator ended by itself (${reason.slice(0, 200)}): see ${logPath}, then start again.`,
    );
  });
  died.catch(() => {});
  const stop = async () => {
    stopping = true;
    if (child.pid !== undefined) await endGroup(child.pid, ended);
    await rm(temporary, { recursive: true, force: true });
  };
  try {
    await Promise.race([untilHealthy(connection, logPath), died]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...connection, pid: child.pid ?? 0, logPath, died, stop };
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
