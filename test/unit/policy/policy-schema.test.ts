import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyJsonSchema } from '../../../shared/policy/policy-json-schema.ts';

const folder = new URL('../../../shared/policy/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');

describe('the schema for editors', () => {
  it('ships as it is now (npx baton policy schema > shared/policy/policy.schema.json)', () => {
    expect(JSON.parse(read('policy.schema.json'))).toEqual(policyJsonSchema());
  });

  it('is found from the policy that ships', () => {
    const [, file = ''] = /^# yaml-language-server: \$schema=(.*)$/m.exec(read('default/policy.yaml')) ?? [];
    expect(new URL(file, new URL('default/', folder)).href).toBe(new URL('policy.schema.json', folder).href);
  });

  it('knows fields, values and patterns', () => {
    expect(policyJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      additionalProperties: false,
      required: expect.arrayContaining(['scoring', 'mql', 'routing', 'campaigns', 'targets']),
      properties: {
        mql: { properties: { threshold: { required: ['score', 'engagement', 'fit'] } } },
        sla: {
          properties: { hotNotOlderThan: { type: 'string', pattern: expect.stringContaining('s|m|h|d') } },
        },
      },
    });
  });
});
