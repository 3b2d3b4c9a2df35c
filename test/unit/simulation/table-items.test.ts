import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { TableItems } from '../../../shared/simulation/table-items.ts';

const at = (minute: number) => `2026-11-02T09:${String(minute).padStart(2, '0')}:00.000Z`;
const anItem = (id: string, minute: number | undefined) => ({
  kind: 'crate',
  id,
  version: 1,
  state: {},
  facts: [],
  ...(minute === undefined ? {} : { dueAt: at(minute) }),
});
const byId = (items: readonly Readonly<{ id: string }>[]) => items.map(({ id }) => id).toSorted();

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const minute = fc.integer({ min: 0, max: 20 });
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('put'), id, minute: fc.option(minute, { nil: undefined }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ask'), id, minute }) },
);

describe('items of a table', () => {
  test.prop([fc.array(step, { maxLength: 60 })])('are due as a scan of all would find them', (steps) => {
    const items = new TableItems();
    const plain = new Map<string, ReturnType<typeof anItem>>();
    for (const { do: action, id: name, minute: m } of steps) {
      if (action === 'put') {
        items.put(anItem(name, m));
        plain.set(name, anItem(name, m));
      } else {
        const due = [...plain.values()].filter(({ dueAt }) => dueAt !== undefined && dueAt <= at(m ?? 0));
        const found = items.due(at(m ?? 0), 100);
        expect(byId(found)).toEqual(byId(due));
        expect(found.map(({ dueAt }) => dueAt)).toEqual(due.map(({ dueAt }) => dueAt).toSorted());
      }
      expect(items.firstDue()).toBe([...plain.values()].flatMap(({ dueAt }) => dueAt ?? []).toSorted()[0]);
    }
    expect([...items.values()]).toEqual([...plain.values()]);
    expect(items.size).toBe(plain.size);
  });

  it('are given no more of than is asked for, the longest overdue first, and stay due', () => {
    const items = new TableItems();
    for (const [i, name] of ['late', 'later', 'latest'].entries()) items.put(anItem(name, 10 - i));
    for (const _ of [1, 2]) expect(items.due(at(30), 2)).toMatchObject([{ id: 'latest' }, { id: 'later' }]);
  });

  it('are found by kind and id, and by their key', () => {
    const items = new TableItems();
    items.put(anItem('a#1', 1));
    expect(items.get('crate#a#1')).toEqual(items.find('crate', 'a#1'));
    expect(items.find('shelf', 'a#1')).toBeUndefined();
    expect([...items].map(([key]) => key)).toEqual(['crate#a#1']);
  });
});
