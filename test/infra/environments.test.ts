import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import {
  environmentNamed,
  environmentNames,
  environments,
  UnknownEnvironmentError,
  unfilled,
} from '../../infra/environments.ts';
import { BatonStack } from '../../infra/stack.ts';
import { anApp, filledIn, noCode, templateOf } from './synthesize.ts';

describe('the name of an environment', () => {
  it.each(environmentNames)('%s is known', (name) => {
    expect(environmentNamed(name)).toBe(name);
  });

  it.each(['production', '', undefined, 'toString'])('%j is refused with those that exist', (name) => {
    expect(() => environmentNamed(name)).toThrow(UnknownEnvironmentError);
    expect(() => environmentNamed(name)).toThrow('local, dev, staging, prod');
  });
});

describe('what only the user knows', () => {
  it.each([
    ['dev', 'mail.to, mail.from, mail.identity, alarmEmail'],
    ['staging', 'mail.to, mail.from, mail.identity, alarmEmail'],
    ['prod', 'mail.from, mail.identity, alarmEmail'],
  ] as const)('%s names %s', (name, missing) => {
    expect(unfilled(environments[name]).join(', ')).toBe(missing);
  });

  it('is nothing for local', () => {
    expect(unfilled(environments.local)).toEqual([]);
  });
});

describe('an environment', () => {
  it.each(environmentNames)('%s synthesises as it ships', (name) => {
    expect(templateOf(name, environments[name]).toJSON().Resources).toBeDefined();
  });
});

describe('mail leaves for strangers', () => {
  it.each(['dev', 'staging'] as const)('never from %s', (name) => {
    expect(environments[name].mail.mode).not.toBe('live');
  });

  it('never from local, whose domain nobody can verify', () => {
    expect(environments.local.mail.identity).toMatch(/[.]test$/);
  });
});

describe('the rate of SES', () => {
  it('is not promised twice to the environments of one account', () => {
    const { dev, staging, prod } = environments;
    const shares = [dev, staging, prod].map(({ sendingShare }) => sendingShare);
    for (const share of shares) expect(share).toBeGreaterThan(0);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1);
  });

  it('reaches the function that mails leads', () => {
    templateOf('prod').hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          SERVICE_NAME: 'send-nurture-mail',
          SENDING_SHARE: String(environments.prod.sendingShare),
        },
      },
    });
  });
});

it('every manager subscribes to alerts, operators to alarms', () => {
  const managers = ['ann@acme.test', 'bob@acme.test'];
  const template = templateOf('prod', { ...filledIn('prod'), managers });
  const subscribed = Object.values(template.findResources('AWS::SNS::Subscription')).map(({ Properties }) => [
    Properties.Endpoint,
    /Alarms/.test(Properties.TopicArn.Ref) ? 'alarms' : 'alerts',
  ]);
  expect(subscribed.sort()).toEqual([
    ['alarm-address@acme.test', 'alarms'],
    ['ann@acme.test', 'alerts'],
    ['bob@acme.test', 'alerts'],
  ]);
});

describe('links in mails lead', () => {
  const urlIn = (template: Template) => template.toJSON().Outputs.PublicBaseUrl.Value;
  const host = {
    name: 'hello.acme.test',
    certificateArn: 'arn:aws:acm:eu-central-1:111111111111:certificate/1',
  };

  it('to the API if there is no host', () => {
    expect(urlIn(templateOf('prod'))).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^PublicApi/), 'ApiEndpoint'],
    });
  });

  it('to the host of the environment, which serves the API', () => {
    const template = templateOf('prod', { ...filledIn('prod'), publicHost: host });
    expect(urlIn(template)).toBe('https://hello.acme.test');
    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', { DomainName: host.name });
    template.resourceCountIs('AWS::ApiGatewayV2::ApiMapping', 1);
  });

  it('elsewhere if a deploy says so', () => {
    const config = { ...filledIn('prod'), publicHost: host };
    const publicBaseUrl = 'http://127.0.0.1:8080/';
    const stack = new BatonStack(anApp(), { environment: 'prod', config, code: noCode, publicBaseUrl });
    expect(urlIn(Template.fromStack(stack))).toBe('http://127.0.0.1:8080');
  });
});
