import { join } from 'node:path';
import { startEmulator } from '../../infra/local/emulator.ts';
import { startMailFront } from '../../infra/local/mail-front.ts';
import { root } from './command.ts';

export type TestEmulator = Readonly<{ environment: Readonly<Record<string, string>>; stop(): Promise<void> }>;

/**
 * An empty account for the contract suites, on ports of its own. Suites find it at BATON_TEST_ENDPOINT, mails go to the
 * front at AWS_ENDPOINT_URL_SESV2, and everything else of the environment is what an SDK needs.
 */
export const startTestEmulator = async (): Promise<TestEmulator> => {
  const front = await startMailFront();
  try {
    const emulator = await startEmulator({
      directory: join(root, '.baton'),
      mailFrontUrl: front.url,
      clockUrl: `${front.url}/clock`,
    });
    return {
      environment: {
        ...emulator.environment,
        BATON_TEST_ENDPOINT: emulator.endpoint,
        BATON_TEST_MAILS_URL: front.url,
        AWS_ENDPOINT_URL_SESV2: front.url,
      },
      stop: async () => {
        await emulator.stop();
        await front.stop();
      },
    };
  } catch (error) {
    await front.stop();
    throw error;
  }
};
