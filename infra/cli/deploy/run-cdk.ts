import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { cdkCommand, quietly } from '../../cdk/cdk-command.ts';
import type { EnvironmentName } from '../../environments.ts';

const app = join(import.meta.dirname, '..', '..', 'app.ts');

/** As the CDK takes it: the template of an environment, made anew. */
export const appOf = (environment: EnvironmentName): readonly string[] => [
  '--app',
  // Begins with no quote: the CDK takes off one at each end.
  `node "${app}"`,
  '--context',
  `environment=${environment}`,
];

export type CdkRun = Readonly<{ exitCode: number | undefined; printed: string; stdout: string }>;

/**
 * The CDK's command, with this shell's endpoint and credentials. It runs in `directory`, away from the project's cdk.json,
 * whose app it would run even where it needs none. Never throws: what it printed says what went wrong.
 */
export const runCdk = async (
  directory: string,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Promise<CdkRun> => {
  const running = execa(process.execPath, [cdkCommand, ...args, ...quietly], {
    cwd: directory,
    env: {
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      // The app runs on the Node that runs this.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    },
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  for await (const line of running.iterable({ from: 'all' })) onLine(line);
  const { exitCode, all, stdout } = await running;
  return { exitCode, printed: all, stdout };
};
