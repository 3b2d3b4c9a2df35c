import { setTimeout } from 'node:timers/promises';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examine } from '../../infra/cli/doctor/examine.ts';
import { seedEnvironment } from '../../infra/cli/seed/seed-environment.ts';
import { emulatorEndpoint } from '../support/emulated-dynamo.ts';

const baton = async (...args: string[]) => {
  const { exitCode, stdout, stderr } = await execa('node', ['infra/cli/baton.ts', ...args], {
    reject: false,
    stdin: 'ignore',
  });
  return { exitCode, stdout, stderr };
};

const region = 'eu-central-1';

describe.skipIf(emulatorEndpoint === undefined)('on the emulator', { timeout: 120_000 }, () => {
  let outputs: Record<string, string>;
  const output = (key: string): string => outputs[key] ?? '';
  // SES itself, not the mail front.
  const clientConfig = { endpoint: emulatorEndpoint!, region };
  const findings = () =>
    examine({ environment: 'local', clientConfig, outputs, region, now: new Date().toISOString() });
  const levelOf = async (check: string) => {
    const found = (await findings()).filter((finding) => finding.check === check);
    return found.some(({ level }) => level === 'error') ? 'error' : found[0]?.level;
  };

  beforeAll(async () => {
    const { exitCode, stdout, stderr } = await baton('deploy', '--env', 'local', '--yes', '--json');
    expect(exitCode, stderr).toBe(0);
    outputs = JSON.parse(stdout).outputs;
  }, 120_000);
  afterAll(async () => {
    await baton('destroy', '--env', 'local', '--yes');
  }, 120_000);

  it('a stack was deployed under the outputs that it names', async () => {
    expect(outputs.BusName).toBe('baton-local');
    const template = await new CloudFormationClient(clientConfig).send(
      new GetTemplateCommand({ StackName: 'Baton-local' }),
    );
    expect(template.TemplateBody).toContain('AWS::Events::EventBus');
  });

  it('doctor finds what a new stack lacks, and no more once it is there', async () => {
    const broken = (await findings()).filter(({ level }) => level === 'error').map(({ check }) => check);
    expect(broken.sort()).toEqual(['identity', 'policy', 'roster']);
    await seedEnvironment(
      new DynamoDBClient(clientConfig),
      { PolicyTableName: output('PolicyTableName'), RosterTableName: output('RosterTableName') },
      { year: new Date().getFullYear() },
    );
    expect([await levelOf('policy'), await levelOf('roster')]).toEqual(['ok', 'ok']);
  });

  it('doctor sees a dead letter', async () => {
    expect(await levelOf('dead letters')).toBe('ok');
    await new SQSClient(clientConfig).send(
      new SendMessageCommand({ QueueUrl: output('ScoreLeadDeadLettersUrl'), MessageBody: '{}' }),
    );
    await setTimeout(200);
    expect(await levelOf('dead letters')).toBe('error');
  });

  it('a check that cannot look is a finding, and stops no other', async () => {
    const { BusName: _, ...others } = outputs;
    const found = await examine({
      environment: 'local',
      clientConfig,
      outputs: others,
      region,
      now: new Date().toISOString(),
    });
    expect(found.find(({ check }) => check === 'bus')).toMatchObject({
      level: 'error',
      text: expect.stringContaining('could not be looked at'),
    });
    expect(found.length).toBeGreaterThan(10);
  });

  it('diff finds nothing to change', async () => {
    const { exitCode, stdout } = await baton('diff', '--env', 'local');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('There were no differences');
  });
});
