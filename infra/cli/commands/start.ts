import { styleText } from 'node:util';
import { announceStack } from '../../local/running-stack.ts';
import { storyEvents } from '../demo/story.ts';
import { untidyOrder } from '../demo/untidy-order.ts';
import { listenToKeys } from '../live/keys.ts';
import { localTime } from '../live/local-time.ts';
import { showLive } from '../live/show-live.ts';
import { type LocalEnvironment, startLocalEnvironment } from '../local-environment.ts';
import { progressOn } from '../progress.ts';
import { putEvents } from '../put-events.ts';

export type StartCommand = Readonly<{ apiPort: number; mailsPort: number }>;

/** Runs until Ctrl-C. Returns the exit code. */
export const start = async ({ apiPort, mailsPort }: StartCommand): Promise<number> => {
  const progress = progressOn();
  const environment = await startLocalEnvironment({
    ports: { api: apiPort, mails: mailsPort },
    onProgress: progress.tell,
  }).finally(progress.end);
  const say = (line: string) => console.log(line);
  await announceStack(environment.stack.emulator);
  const live = await showLive(environment, say);
  say(welcome(environment));
  try {
    await Promise.race([untilStopped(environment, say), environment.stack.emulator.died]);
  } finally {
    live.stop();
    await environment.stop();
  }
  return 0;
};

const welcome = ({ stack, names, policy, now }: LocalEnvironment): string =>
  [
    '',
    styleText('bold', 'Baton runs on this machine.'),
    '',
    `  mails, as their readers see them   ${styleText('cyan', stack.mailsUrl)}`,
    `  pages behind links in mails        ${styleText('cyan', stack.apiUrl)}`,
    `  AWS emulator (key and secret test) ${styleText('cyan', stack.emulator.endpoint)}`,
    `  bus for your events                ${names.BusName}`,
    `  its time                           ${localTime(now(), policy.zone)}`,
    '',
    process.stdin.isTTY
      ? `  ${key('s')} send the sample leads   ${key('j')} jump to the next due time   ${key('Ctrl-C')} stop`
      : '  Ctrl-C stops it.',
    '',
  ].join('\n');

const key = (name: string): string => styleText('bold', name);

const untilStopped = (environment: LocalEnvironment, say: (line: string) => void): Promise<void> =>
  listenToKeys({
    s: async () => {
      const { events, names, now } = environment;
      const { engagements, profiles } = storyEvents(now());
      await putEvents(events, names.BusName, untidyOrder([...profiles, ...engagements]));
      say(
        styleText('dim', `  sent ${engagements.length} engagements of ${profiles.length} leads, each twice`),
      );
    },
    j: async () => {
      const now = await environment.travel.jumpToNextDue();
      say(
        styleText(
          'dim',
          now === undefined
            ? '  nothing will ever be due: send leads first'
            : `  it is ${localTime(now, environment.policy.zone)}`,
        ),
      );
    },
    onError: (error) => say(styleText('red', `  ${error instanceof Error ? error.message : String(error)}`)),
  });
