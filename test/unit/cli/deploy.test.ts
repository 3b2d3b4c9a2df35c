import { afterEach, describe, expect, it, vi } from 'vitest';
import { failureOf, reasonIn } from '../../../infra/cdk/failure-reason.ts';
import { deploy } from '../../../infra/cli/commands/deploy.ts';
import { destroy } from '../../../infra/cli/commands/destroy.ts';
import { chosenEnvironment, deployableEnvironment } from '../../../infra/cli/deploy/chosen-environment.ts';
import { DeployError } from '../../../infra/cli/deploy/deploy-error.ts';
import { deployProgress } from '../../../infra/cli/deploy/deploy-progress.ts';
import { nextSteps } from '../../../infra/cli/deploy/next-steps.ts';
import { failure } from '../../../infra/cli/failure.ts';
import { UsageError } from '../../../infra/cli/usage-error.ts';
import { environments } from '../../../infra/environments.ts';

afterEach(() => vi.unstubAllEnvs());

const failureOfCommand = (run: () => Promise<unknown>) => run().then(() => undefined, failure);

describe('before anything is asked of AWS', () => {
  it.each(['production', ''])('no environment is called %j', (name) => {
    expect(() => chosenEnvironment(name)).toThrow(UsageError);
    expect(() => chosenEnvironment(name)).toThrow('choose one of local, dev, staging, prod');
  });

  it('BATON_ENV names one, too', () => {
    vi.stubEnv('BATON_ENV', 'staging');
    expect(chosenEnvironment().stackName).toBe('Baton-staging');
    expect(chosenEnvironment('dev').stackName).toBe('Baton-dev');
  });

  it.each(['dev', 'staging', 'prod'])(
    '%s is not deployed as it ships: it says what is missing',
    async (env) => {
      expect(() => deployableEnvironment(env)).toThrow(DeployError);
      expect(await failureOfCommand(() => deploy({ env }))).toMatchObject({
        text: expect.stringMatching(
          /fill in .*mail\.from, mail\.identity, alarmEmail in infra\/environments\.ts/,
        ),
        exitCode: 3,
      });
    },
  );

  it('local goes to an emulator only', () => {
    vi.stubEnv('AWS_ENDPOINT_URL', '');
    expect(() => deployableEnvironment('local')).toThrow('npm start');
    vi.stubEnv('AWS_ENDPOINT_URL', 'https://127.0.0.1:4566');
    expect(deployableEnvironment('local').environment).toBe('local');
  });

  it('prod is destroyed only by those who say so', async () => {
    expect(await failureOfCommand(() => destroy({ env: 'prod', yes: true }))).toMatchObject({
      text: expect.stringContaining('--even-prod'),
      exitCode: 2,
    });
  });
});

describe('the reason of a failure', () => {
  const event = (LogicalResourceId: string, ResourceStatus: string, ResourceStatusReason?: string) => ({
    LogicalResourceId,
    ResourceStatus,
    ResourceStatusReason,
    ResourceType: 'AWS::SQS::Queue',
  });
  const clientWith = (StackEvents: unknown[]) => ({ send: async () => ({ StackEvents }) }) as never;

  it('is the first failure of this change, not what was cancelled, nor what failed in an earlier one', async () => {
    const newestFirst = [
      event('Baton-dev', 'UPDATE_ROLLBACK_COMPLETE'),
      event('B', 'UPDATE_FAILED', 'Resource update cancelled'),
      event('A', 'UPDATE_FAILED', 'The name is taken.'),
      event('Baton-dev', 'UPDATE_IN_PROGRESS'),
      event('C', 'CREATE_FAILED', 'long ago'),
      event('Baton-dev', 'CREATE_IN_PROGRESS'),
    ];
    expect(await failureOf(clientWith(newestFirst), 'Baton-dev')).toBe(
      'A (AWS::SQS::Queue): The name is taken.',
    );
  });

  it('is nobody’s if nothing failed', async () => {
    expect(
      await failureOf(clientWith([event('Baton-dev', 'UPDATE_IN_PROGRESS')]), 'Baton-dev'),
    ).toBeUndefined();
  });

  it.each([
    [
      'Deploying\n❌  Baton-dev failed: ValidationError: Template format error\nmore',
      'Baton-dev failed: ValidationError: Template format error',
    ],
    [
      'Baton-dev | 3/9 | 10:00:00 | CREATE_FAILED | AWS::SQS::Queue | Q taken\nrolled back',
      'CREATE_FAILED AWS::SQS::Queue Q taken',
    ],
    [
      "file.ts:1\nERROR Properties: 'Budget' is required\nSynthesis finished with errors",
      "ERROR Properties: 'Budget' is required",
    ],
    ['only this\n\n', 'only this'],
    ['', 'no reason given'],
  ])('%j', (printed, reason) => {
    expect(reasonIn(printed)).toBe(reason);
  });
});

it('progress counts each resource once, and not the stack', () => {
  const told: string[] = [];
  const tell = deployProgress(2, (message) => told.push(message));
  tell('Baton-dev:  start: Publishing 9a1 to current');
  tell('Baton-dev |  0/4 | 10:00:00 AM | UPDATE_COMPLETE      | AWS::Lambda::Function | Tick');
  tell('Baton-dev |  1/4 | 10:00:01 AM | UPDATE_COMPLETE      | AWS::Lambda::Function | Tick');
  tell('Baton-dev |  2/4 | 10:00:02 AM | CREATE_COMPLETE      | AWS::SQS::Queue       | Queue');
  tell('Baton-dev |  3/4 | 10:00:03 AM | UPDATE_COMPLETE      | AWS::CloudFormation::Stack | Baton-dev');
  expect(told).toEqual([
    'uploading the functions',
    'deploying: 1 of 2 resources',
    'deploying: 1 of 2 resources',
    'deploying: 2 of 2 resources',
  ]);
});

it('says what a new environment lacks', () => {
  const steps = nextSteps({ environment: 'dev', config: environments.dev });
  for (const step of ['create-email-identity', 'publish --env dev', 'roster put', 'doctor --env dev'])
    expect(steps).toContain(step);
  expect(steps.match(/^ {2}\d/gm)).toEqual(['  1', '  2', '  3', '  4', '  5']);
  expect(nextSteps({ environment: 'local', config: environments.local })).toContain('  4. See what');
});
