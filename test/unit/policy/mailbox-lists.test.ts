import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { missingSentence } from '../../../infra/cli/explain/words.ts';
import { describeCriteria } from '../../../infra/cli/policy/describe-criteria.ts';
import { diffPolicies } from '../../../infra/cli/policy/diff-policies.ts';
import { exclusionOf } from '../../../shared/domain/exclusion.ts';
import { fitParts } from '../../../shared/domain/fit.ts';
import { companyDomainOf, mailboxOf } from '../../../shared/domain/mailbox-domain.ts';
import { segmentOf } from '../../../shared/domain/segment.ts';
import { loadPolicy } from '../../../shared/policy/load-policy.ts';
import { bundleOf } from '../../../shared/policy/policy-bundle.ts';
import { InvalidPolicyError, problemText } from '../../../shared/policy/policy-problem.ts';

const shippedFile = fileURLToPath(new URL('../../../shared/policy/default/policy.yaml', import.meta.url));
const shipped = await loadPolicy({ year: 2026 });
const root = mkdtempSync(join(tmpdir(), 'baton-lists-'));
afterAll(() => rmSync(root, { recursive: true }));

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(root, 'policy-'));
  copyFileSync(shippedFile, join(folder, 'policy.yaml'));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  return folder;
};
const at = (domain: string) => ({ email: { value: `jo@${domain}`, at: '2026-11-23T10:00:00.000Z' } });

describe('a mailbox, by its domain', () => {
  it.each([
    ['disposable', 'mailinator.com yopmail.com guerrillamail.com trashmail.de wegwerfmail.de maildrop.cc'],
    ['disposable', 'anything.mailinator.com'],
    [
      'free',
      'gmail.com web.de gmx.de gmx.ch t-online.de tuta.com bluewin.ch aon.at btinternet.com orange.fr',
    ],
    ['free', 'libero.it wp.pl seznam.cz mail.ru qq.com naver.com rediffmail.com uol.com.br comcast.net'],
    [
      'business',
      'siemens.com de.bosch.com sap.com bmw.de sbb.ch voestalpine.com bt.com tesco.com starbucks.com',
    ],
    [
      'business',
      'facebook.com google.com microsoft.com apple.com ibm.com orange.com telekom.de vodafone.com',
    ],
    ['business', 'example.com acme.example mail.corp.example tum.de ethz.ch ox.ac.uk'],
  ])('is %s: %s', (mailbox, domains) => {
    for (const domain of domains.split(' ')) expect(mailboxOf(at(domain), shipped), domain).toBe(mailbox);
  });

  it('that anybody gets names no company', () => {
    expect(companyDomainOf(at('yopmail.com'), shipped)).toBeUndefined();
    expect(companyDomainOf(at('gmail.com'), shipped)).toBeUndefined();
    expect(companyDomainOf(at('siemens.com'), shipped)).toBe('siemens.com');
  });

  it('counts as a free one if it is disposable, unless the policy says more', () => {
    const fit = shipped.scoring.fit;
    const stricter = {
      ...shipped,
      scoring: { ...shipped.scoring, fit: { ...fit, mailbox: { business: 0, free: -5, disposable: -30 } } },
    };
    const mailboxPoints = (policy: typeof shipped, domain: string) =>
      fitParts(at(domain), policy).find(({ label }) => label.en === 'kind of mailbox')?.points;
    expect(mailboxPoints(shipped, 'yopmail.com')).toBe(-5);
    expect(mailboxPoints(stricter, 'yopmail.com')).toBe(-30);
    expect(mailboxPoints(stricter, 'gmail.com')).toBe(-5);
    expect(segmentOf(at('yopmail.com'), shipped)).toBe('consumer');
  });
});

describe('exclusions by domain', () => {
  it('name disposable mailboxes, and explain says so', () => {
    const by = exclusionOf(at('yopmail.com'), shipped);
    expect(by).toBe('disposable mailbox');
    expect(missingSentence({ type: 'excluded', by: by ?? '' }, 'UTC')).toBe(
      'Excluded by the policy: disposable mailbox.',
    );
    expect(exclusionOf(at('gmail.com'), shipped)).toBeUndefined();
  });

  it('are off where the policy does not name them', () => {
    const open = { ...shipped, exclude: { ...shipped.exclude, domains: ['ours.example'] } };
    expect(exclusionOf(at('yopmail.com'), open)).toBeUndefined();
    expect(exclusionOf(at('mail.ours.example'), open)).toBe('ours.example');
  });
});

const withCompetitors = (domains: string, further: Readonly<Record<string, string>> = {}) => {
  const directory = folderWith({ 'competitors.txt': domains, ...further });
  const file = join(directory, 'policy.yaml');
  const source = readFileSync(shippedFile, 'utf8').replace('competitor.example', 'competitors.txt');
  writeFileSync(file, source);
  return { directory, policy: () => loadPolicy({ directory, year: 2026 }) };
};

describe("lists of one's own", () => {
  it('lie beside the policy, and exclude whole companies', async () => {
    const policy = await withCompetitors(
      '# rivals\nRival.example\r\n\nother.example # since 2025\n',
    ).policy();
    expect(exclusionOf(at('sales.rival.example'), policy)).toBe('competitors');
    expect(exclusionOf(at('other.example'), policy)).toBe('competitors');
    expect(exclusionOf(at('since.example'), policy)).toBeUndefined();
    expect(describeCriteria(policy).join()).toContain(
      'mailboxes of ours.example and the 2 domains in competitors.txt, disposable mailboxes,',
    );
    expect(diffPolicies(shipped, policy).flatMap(({ lines }) => lines)).toContain(
      'competitors.txt: 2 domains more, other.example and rival.example',
    );
  });

  it('are refused with their place where they hold something else', async () => {
    const { directory, policy } = withCompetitors('rival.example\nthat rival\n');
    const error = await policy().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidPolicyError);
    const [problem] = error instanceof InvalidPolicyError ? error.problems : [];
    expect(problem && problemText(problem)).toContain(
      `${relative(process.cwd(), join(directory, 'competitors.txt'))}:2:1 (root) is not a domain: write example.com`,
    );
  });

  it('add free mailboxes, and take companies out of the lists of others', async () => {
    const directory = folderWith({
      'free-mail-domains.yaml': '- mail.village.example\n- not gmail.com\n- not yopmail.com\n- bt.com\n',
    });
    const policy = await loadPolicy({ directory, year: 2026 });
    const mailboxes = ['mail.village.example', 'gmail.com', 'yopmail.com', 'bt.com', 'web.de'].map((domain) =>
      mailboxOf(at(domain), policy),
    );
    expect(mailboxes).toEqual(['free', 'business', 'business', 'free', 'free']);
  });
});

it('with all lists, the policy that ships stays far below what an item of DynamoDB can hold', async () => {
  const bytes = (await promisify(gzip)(bundleOf(shipped).json, { level: 9 })).length;
  expect(bytes).toBeGreaterThan(60_000);
  expect(bytes).toBeLessThan(150_000);
});
