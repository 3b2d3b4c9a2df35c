import { describe, expect, it } from 'vitest';
import {
  judgeAccount,
  judgeConfigurationSets,
  judgeIdentity,
  type SesAccount,
} from '../../../infra/cli/doctor/judge-mail.ts';
import { type EnvironmentConfig, environments } from '../../../infra/environments.ts';

const live: EnvironmentConfig = {
  ...environments.prod,
  mail: { mode: 'live', from: 'hello@acme.test', identity: 'acme.test' },
};
const redirected: EnvironmentConfig = {
  ...live,
  mail: { mode: 'redirect', to: 'all@acme.test', from: 'hello@acme.test', identity: 'acme.test' },
};
const healthy: SesAccount = {
  productionAccess: true,
  sendingEnabled: true,
  enforcement: 'HEALTHY',
  perDay: 50_000,
  perSecond: 14,
  sentToday: 0,
};

const levels = (findings: readonly { check: string; level: string }[]) =>
  Object.fromEntries(findings.map(({ check, level }) => [check, level]));

describe('the account at SES', () => {
  it('is fine', () => {
    expect(levels(judgeAccount(healthy, live))).toEqual({
      'SES access': 'ok',
      'SES standing': 'ok',
      'SES quota': 'ok',
      'SES rate': 'ok',
    });
  });

  it.each<[string, Partial<SesAccount>, EnvironmentConfig, string, string]>([
    ['sandbox, live', { productionAccess: false }, live, 'SES access', 'error'],
    ['sandbox, redirected', { productionAccess: false }, redirected, 'SES access', 'warning'],
    ['sending is off', { sendingEnabled: false }, live, 'SES standing', 'error'],
    ['shut down', { enforcement: 'SHUTDOWN' }, live, 'SES standing', 'error'],
    ['on probation', { enforcement: 'PROBATION' }, live, 'SES standing', 'warning'],
    ['quota nearly used', { sentToday: 40_000 }, live, 'SES quota', 'warning'],
    ['quota used', { sentToday: 50_000 }, live, 'SES quota', 'error'],
    ['no quota', { perDay: -1, sentToday: 9e9 }, live, 'SES quota', 'ok'],
    ['slow', { perSecond: 1 }, { ...live, sendingShare: 0.2 }, 'SES rate', 'warning'],
  ])('%s', (_, account, config, check, level) => {
    const findings = judgeAccount({ ...healthy, ...account }, config);
    expect(levels(findings)[check]).toBe(level);
    expect(findings.filter(({ level }) => level !== 'ok')).toHaveLength(level === 'ok' ? 0 : 1);
  });
});

describe('the identity', () => {
  it.each([
    ['nobody knows it', undefined, live, { identity: 'error' }],
    ['not verified', { verified: false, dkim: 'PENDING' }, live, { identity: 'error', DKIM: 'error' }],
    ['not signed', { verified: true, dkim: 'FAILED' }, live, { identity: 'ok', DKIM: 'error' }],
    [
      'not signed, redirected',
      { verified: true, dkim: 'FAILED' },
      redirected,
      { identity: 'ok', DKIM: 'warning' },
    ],
    ['fine', { verified: true, dkim: 'SUCCESS' }, live, { identity: 'ok', DKIM: 'ok' }],
  ])('%s', (_, identity, config, expected) => {
    expect(levels(judgeIdentity(identity, config, 'eu-central-1'))).toEqual(expected);
  });

  it('of an emulator need not be signed, and it says why', () => {
    const findings = judgeIdentity({ verified: true, dkim: 'PENDING' }, environments.local, 'us-east-1', {
      emulated: true,
    });
    expect(levels(findings)).toEqual({ identity: 'ok', DKIM: 'ok' });
    expect(findings.at(-1)?.text).toMatch(/^Mail of baton\.test is not signed \(DKIM PENDING\): nobody can/);
  });

  it('of an emulator must be known to it all the same', () => {
    const judged = (identity: Parameters<typeof judgeIdentity>[0]) =>
      judgeIdentity(identity, environments.local, 'us-east-1', { emulated: true });
    expect(levels(judged(undefined))).toEqual({ identity: 'error' });
    expect(levels(judged({ verified: false, dkim: 'PENDING' }))).toMatchObject({ identity: 'error' });
  });

  it('is to be made in the region of the environment', () => {
    const [finding] = judgeIdentity(undefined, live, 'eu-central-1');
    expect(finding?.remedy).toContain('--email-identity acme.test --region eu-central-1');
  });
});

describe('configuration sets', () => {
  it.each([
    [{ a: true, b: true, c: true }, ['ok']],
    [{ a: true, b: false, c: undefined }, ['error', 'error']],
    [{ a: true }, ['error']],
  ])('%j', (sets, expected) => {
    const findings = judgeConfigurationSets(sets, 'npx baton deploy');
    expect(findings.map(({ level }) => level)).toEqual(expected);
  });
});
