import { execa } from 'execa';
import type { Interpreter } from './python-environment.ts';

/**
 * The emulator's own image as an interpreter, for machines with Docker and without Python. It shares the network of this
 * machine, so that addresses of the loopback mean the same on both sides (Docker Desktop: switch host networking on), and
 * sees the project and the run's files under the same paths. When the runner ends, so does its standard input, and with it
 * the container.
 */
export const dockerInterpreter = (image: string, folders: readonly string[]): Interpreter => ({
  command: 'docker',
  args: (script, variables) => [
    'run',
    ...['--rm', '--interactive', '--init', '--network', 'host'],
    ...(process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid?.() ?? 0}`]),
    ...folders.flatMap((folder) => ['--volume', `${folder}:${folder}`]),
    // Their values come with the environment of the client.
    ...Object.keys(variables).flatMap((name) => ['--env', name]),
    ...['--entrypoint', 'python3', image, script],
  ],
});

/** Whether a Docker engine answers here. */
export const hasDocker = async (): Promise<boolean> =>
  (await execa('docker', ['info'], { reject: false, timeout: 20_000 })).exitCode === 0;
