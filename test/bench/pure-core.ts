import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CoreInTurns } from './core-in-turns.ts';
import { atLeast, type Criterion } from './criterion.ts';

const run = promisify(execFile);
const script = fileURLToPath(import.meta.resolve('./core-in-turns.ts'));

/** Deliveries a second, medians of the rounds. */
export type CoreRates = Readonly<{ core: number; withCodec: number; rulesEngine: number }>;

export type PureCore = Readonly<{ criteria: readonly Criterion[]; rates: CoreRates }>;

/**
 * Parse, dedupe, decay and rules for each delivery, in turns with json-rules-engine, which matches the same rules only.
 * Leads as they are and leads as items are measured in processes of their own: code that has seen both is slower with
 * each, and a function's instance only ever sees one.
 */
export const measureCore = async (seed: number): Promise<PureCore> => {
  const plain = await inTurns(seed);
  const stored = await inTurns(seed, '--stored');
  return {
    criteria: [
      atLeast('pure core, times json-rules-engine', plain.ratio, 60, 'x'),
      atLeast('with the item codec, times json-rules-engine', stored.ratio, 40, 'x'),
      atLeast(
        'deliveries that match the same rule in both',
        plain.same + stored.same,
        plain.compared + stored.compared,
      ),
    ],
    rates: { core: plain.rate, withCodec: stored.rate, rulesEngine: plain.rulesRate },
  };
};

const inTurns = async (seed: number, ...more: readonly string[]): Promise<CoreInTurns> => {
  const { stdout } = await run(process.execPath, [script, '--seed', String(seed), ...more]);
  // It is what that script writes.
  return JSON.parse(stdout) as CoreInTurns;
};
