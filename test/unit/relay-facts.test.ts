import { describe, expect, it } from 'vitest';
import { makeRelayFacts } from '../../functions/relay-facts/relay-facts.ts';
import { outboxText } from '../../shared/adapters/outbox.ts';
import { UnreadableFactError } from '../../shared/events/read-fact.ts';
import { memoryBus } from '../../shared/simulation/memory-bus.ts';
import { accepted, breached, opened } from '../support/sales-facts.ts';

describe('relay-facts', () => {
  it('puts the facts of all writes on the bus, in order', async () => {
    const bus = memoryBus();
    await makeRelayFacts({ bus })([outboxText([opened(), breached()]), outboxText([accepted()])]);
    expect(bus.facts).toEqual([opened(), breached(), accepted()]);
  });

  it.each([
    ['no JSON', '{'],
    ['no list', '{}'],
    ['an unknown type', '[{"type":"HandoffLost"}]'],
    ['a fact without its id', JSON.stringify([{ ...opened(), factId: undefined }])],
  ])('stops at an outbox that cannot be read (%s), when the others are told', async (_, text) => {
    const bus = memoryBus();
    const relay = makeRelayFacts({ bus });
    await expect(relay([outboxText([opened()]), text, outboxText([accepted()])])).rejects.toThrow(
      UnreadableFactError,
    );
    expect(bus.facts).toEqual([opened(), accepted()]);
  });
});
