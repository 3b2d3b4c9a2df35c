import { hash } from 'node:crypto';
import type { Decision } from './decision.ts';
import type { Handoff } from './handoff.ts';

/** What another system asks of a handoff. Its id is that system's, and names this command for ever. */
export type Command = Readonly<{ id: string; says: unknown }>;

type Decided<R extends string> = Readonly<
  ({ type: 'done' } & Decision<Handoff>) | { type: 'repeated' } | { type: 'refused'; reason: R }
>;

/** Old ones are forgotten; what a handoff has become refuses them then, or finds them done. */
const rememberedAtMost = 20;

/**
 * Decides a command once: what was done under its id is `repeated` for ever, whatever the handoff has become since.
 * The same id with other words is refused. Of a command that changed nothing, nothing is remembered.
 */
export const onceByCommand = <R extends string>(
  handoff: Handoff,
  command: Command | undefined,
  decide: () => Decided<R>,
): Decided<R | 'id-reused'> => {
  if (command === undefined) return decide();
  const id = digest(command.id);
  const entry = `${id}.${digest(JSON.stringify(command.says))}`;
  const known = handoff.commands?.find((done) => done.startsWith(`${id}.`));
  if (known !== undefined)
    return known === entry ? { type: 'repeated' } : { type: 'refused', reason: 'id-reused' };
  const decided = decide();
  if (decided.type !== 'done') return decided;
  const commands = [...(handoff.commands ?? []), entry].slice(-rememberedAtMost);
  return { ...decided, state: { ...decided.state, commands } };
};

const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22);
