import type { ChosenEnvironment } from './chosen-environment.ts';

/** What a new environment lacks before the first lead is scored, and how it is done. */
export const nextSteps = ({
  environment,
  config,
}: Pick<ChosenEnvironment, 'environment' | 'config'>): string =>
  [
    'If it is new:',
    ...[
      `Verify the sender in SES: aws sesv2 create-email-identity --email-identity ${config.mail.identity}\n     and put the three DKIM records that it returns into your DNS.`,
      ...(config.alarmEmail === undefined && config.managers.length === 0
        ? []
        : ['Confirm the subscriptions that SNS has just sent by mail.']),
      `Publish the policy: npx baton publish --env ${environment}`,
      `Put your sales people into the roster: npx baton roster put roster.yaml --env ${environment}`,
      `See what is still missing: npx baton doctor --env ${environment}`,
    ].map((step, i) => `  ${i + 1}. ${step}`),
  ].join('\n');
