import { describe, expect, it } from 'vitest';
import { makeTakeAnswer } from '../../../functions/answer-handoff/take-answer.ts';
import { handoffCodecs } from '../../../shared/adapters/handoff-codecs.ts';
import { rosterCodecs } from '../../../shared/adapters/roster-codecs.ts';
import type { Answer, HandoffAnswered } from '../../../shared/events/inbound.ts';
import type { Rejection } from '../../../shared/ports.ts';
import { asks, becameMql, handoffWorld } from '../../support/handoff-world.ts';

const opened = async () => {
  const world = handoffWorld();
  const lead = world.aLead();
  await world.stageChanged(becameMql(lead));
  const rejections: Rejection[] = [];
  const take = makeTakeAnswer({
    answer: world.answer,
    rejected: { add: async (entry) => void rejections.push(entry) },
    clock: world.ports.clock,
    name: 'answer-handoff',
  });
  const say = (answer: Answer, overrides: Partial<HandoffAnswered> = {}) =>
    take({ id: 'a-1', handoffId: world.handoffs()[0]!.id, by: 'anna', answer, ...overrides });
  return { world, lead, rejections, say };
};

describe('an answer from the CRM', () => {
  it('counts once', async () => {
    const { world, rejections, say } = await opened();
    expect(await say({ type: 'accept' })).toBe('done');
    expect(await say({ type: 'accept' })).toBe('repeated');
    expect(world.told('HandoffAccepted')).toMatchObject([{ by: 'anna', late: false }]);
    expect(rejections).toEqual([]);
  });

  it('keeps its fact until the lead has followed, and is looked at again after five minutes', async () => {
    const { world, say } = await opened();
    await say({ type: 'accept' });
    const [accepted] = world.told('HandoffAccepted');
    expect(JSON.parse(world.handoffs()[0]!.unconfirmed!)).toEqual(accepted);
    world.moveTo('2026-11-23T09:05:00.000Z');
    const [due] = await world.due();
    expect(due).toMatchObject({ kind: 'handoff', dueAt: '2026-11-23T09:05:00.000Z' });
    // It is reconciliation's business, not a tier's.
    const before = [...world.table.items];
    expect(await world.watch(due!)).toEqual({ type: 'nothing-due' });
    expect([...world.table.items]).toEqual(before);
  });

  it('that comes late and twice is a copy, whatever the handoff has become', async () => {
    const { world, rejections, say } = await opened();
    await say({ type: 'accept' });
    await say({ type: 'reject', reason: 'no-need' });
    const before = [...world.table.items];
    expect(await say({ type: 'accept' })).toBe('repeated');
    expect(await say({ type: 'accept' }, { id: 'a-2' })).toBe('refused');
    expect([...world.table.items]).toEqual(before);
    expect(rejections).toMatchObject([{ code: 'answer-closed' }]);
  });

  it.each<[string, Answer, Partial<HandoffAnswered>, string]>([
    ['nobody knows the handoff', { type: 'accept' }, { handoffId: 'h-0' }, 'unknown-handoff'],
    ['somebody else says it', { type: 'accept' }, { by: 'ian' }, 'answer-not-holder'],
    ['there is no such reason', { type: 'reject', reason: 'mood' }, {}, 'answer-unknown-reason'],
  ])('is kept with its reason where %s', async (_, answer, overrides, code) => {
    const { rejections, say } = await opened();
    await say(answer, overrides);
    expect(rejections).toMatchObject([{ code, by: 'answer-handoff' }]);
  });

  it('is kept without what the rep wrote', async () => {
    const { rejections, say } = await opened();
    await say({ type: 'reject', reason: 'mood', note: 'do not call Johanna' });
    expect(JSON.stringify(rejections)).not.toContain('Johanna');
  });

  it('is kept without its notes on the qualification', async () => {
    const { rejections, say } = await opened();
    await say({ type: 'qualify', qualification: { budget: { judgement: 'met', note: 'Johanna decides' } } });
    expect(rejections).toMatchObject([{ code: 'answer-not-accepted' }]);
    expect(JSON.stringify(rejections)).not.toContain('Johanna');
    expect(rejections[0]?.payload).toContain('"budget":{"judgement":"met"}');
  });

  it('about the qualification counts by when it was said, whenever it comes', async () => {
    const { world, say } = await opened();
    await say({ type: 'accept' });
    world.moveTo('2026-11-23T12:00:00.000Z');
    const budget = (judgement: 'met' | 'not-met', at: string, id: string) =>
      say({ type: 'qualify', qualification: { budget: judgement } }, { id, at });
    expect(await budget('not-met', '2026-11-23T11:00:00.000Z', 'a-2')).toBe('done');
    expect(await budget('met', '2026-11-23T10:00:00.000Z', 'a-1')).toBe('repeated');
    expect(await budget('not-met', '2026-11-23T11:00:00.000Z', 'a-2')).toBe('repeated');
    expect(world.handoffs()[0]?.qualification?.budget).toMatchObject({
      judgement: 'not-met',
      at: '2026-11-23T11:00:00.000Z',
    });
  });

  it('logs each contact once, however often its event comes', async () => {
    const { world, say } = await opened();
    await say({ type: 'accept' });
    for (const id of ['c-1', 'c-2', 'c-1', 'c-2']) {
      world.moveTo(new Date(Date.parse(world.now()) + 60_000).toISOString());
      await say({ type: 'contact', how: 'call' }, { id });
    }
    expect(world.handoffs()[0]?.contacts).toHaveLength(2);
    expect(world.told('HandoffContacted')).toHaveLength(1);
  });
});

it('everything that is stored is read as it was written', async () => {
  const { world, lead, say } = await opened();
  const later = '2026-11-23T10:00:00.000Z';
  world.moveTo(later);
  await world.askedToTalk(asks(lead, 'e-2', later));
  await say({ type: 'reject', reason: 'misrouted' });
  await say({ type: 'accept' }, { by: 'ben' });
  await world.askedToTalk(asks(lead, 'e-3', later));
  await say(
    { type: 'reject', reason: 'bad-timing', until: '2027-03-01T00:00:00.000Z', note: 'after the fair' },
    { by: 'ben' },
  );
  const codecs = { ...handoffCodecs('t'), ...rosterCodecs('t') };
  expect(world.table.items.size).toBe(5);
  for (const { kind, state } of world.table.items.values())
    expect(codecs[kind as keyof typeof codecs].parse(state)).toEqual(state);
});
