import { describe, expect, it } from 'vitest';
import type { LeadView } from '../../../shared/domain/lead-view.ts';
import { prefilled } from '../../../shared/domain/prefill.ts';
import { defaultPolicy } from '../../support/default-policy.ts';
import { aLeadView } from '../../support/lead-views.ts';

const at = '2026-11-23T09:00:00.000Z';
const policy = defaultPolicy();
const conclude = (lead: Partial<LeadView>) => prefilled(aLeadView(lead), policy, at);
const answering = (answers: Record<string, string>): Partial<LeadView> => ({
  evidence: { ...aLeadView().evidence, answers },
});
const role = (value: string): Partial<LeadView> => ({ profile: { role: { value, at } } });

describe('what is concluded before anybody asks', () => {
  it.each<[string, Partial<LeadView>, object]>([
    ['a country that is served', { country: 'DE' }, { location: { judgement: 'met', note: 'DE' } }],
    [
      'one that is not',
      { country: 'KP', unserved: true },
      { location: { judgement: 'not-met', note: 'KP' } },
    ],
    ['somebody who decides', role('VP Marketing'), { authority: { judgement: 'met', note: 'VP Marketing' } }],
    ['a manager', role('Marketing Manager'), { authority: { judgement: 'unknown' } }],
    ['a role that nobody knows', role('Wizard'), { authority: { judgement: 'unknown' } }],
    [
      'a challenge',
      answering({ challenge: 'leads wait' }),
      { need: { judgement: 'met', note: 'leads wait' } },
    ],
    ['a planned budget', answering({ budget: '20-50k' }), { budget: { judgement: 'met', note: '20-50k' } }],
    ['no budget', answering({ budget: 'No budget yet' }), { budget: { judgement: 'not-met' } }],
    ['an open one, in German', answering({ budget: 'Weiß nicht' }), { budget: { judgement: 'unknown' } }],
    ['a date', answering({ timeline: 'this quarter' }), { timeline: { judgement: 'met' } }],
    ['none', answering({ timeline: 'no plans' }), { timeline: { judgement: 'not-met' } }],
  ])('follows from %s', (_, lead, findings) => {
    expect(conclude(lead)).toMatchObject(findings);
  });

  it('is nothing where nothing was said', () => {
    const { country: _, ...lead } = aLeadView(answering({ budget: '  ' }));
    expect(prefilled(lead, policy, at)).toEqual({});
  });

  it('is by Baton, and follows the policy', () => {
    expect(conclude({ country: 'DE' }).location).toMatchObject({ by: 'baton', at });
    const none = { ...policy, qualification: { ...policy.qualification, prefill: {} } };
    expect(prefilled(aLeadView(role('CEO')), none, at)).toEqual({});
  });
});
