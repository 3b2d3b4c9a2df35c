import { describe, expect, it } from 'vitest';
import { createLog, errorFields } from '../../shared/runtime/log.ts';
import { logLines } from '../support/log-lines.ts';

const lines = logLines();

describe('the log', () => {
  it('keeps what is on its list and drops the rest', () => {
    const fields = { count: 3, email: 'jane@example.com' };
    createLog('bake').error('burnt', fields);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'ERROR',
      message: 'burnt',
      service: 'bake',
      count: 3,
    });
    expect(lines[0]).not.toContain('jane');
  });

  it('says where an error came from and what caused it, without their words', () => {
    const error = new AggregateError([new TypeError('jane@example.com'), 'jane'], 'jane@example.com failed');
    const fields = errorFields(error);
    expect(fields).toMatchObject({
      errorName: 'AggregateError',
      location: expect.stringContaining('log.test.ts'),
      reasons: [expect.stringMatching(/^TypeError at .*log[.]test[.]ts/), 'string at unknown'],
    });
    expect(JSON.stringify(fields)).not.toContain('jane');
  });
});
