/** `npm run bench`: the numbers to reach, on a synthetic mix. `-- --json` for scripts; exits with 1 if one falls short. */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { progressOn } from '../../infra/cli/progress.ts';
import { benchPolicy } from './bench-policy.ts';
import { checkAgainstEmulator } from './emulator-check.ts';
import { measureFlatness } from './flatness.ts';
import { mixOf } from './mix.ts';
import { measureCore } from './pure-core.ts';
import { criteriaTable, stepsTable, unitsTable } from './report.ts';
import { measureEquality } from './score-equality.ts';
import { measureBundle } from './score-lead-bundle.ts';
import { measureWriteUnits } from './write-units.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);
const leads = values.full ? 5000 : 1000;
const hotEvents = values.full ? 100_000 : 3000;
const histories = [10, 100, 1000, 3000, ...(values.full ? [10_000, 100_000] : [])];

const progress = progressOn();
const policy = await benchPolicy();
const mix = mixOf({ seed, leads, hotEvents });
progress.tell('bundle of score-lead');
const bundle = await measureBundle();
progress.tell('pure core and json-rules-engine');
const core = await measureCore(seed);
progress.tell('flatness');
const flatness = await measureFlatness(histories, policy, progress.tell);
progress.tell('score in any order');
const equality = await measureEquality(seed, policy);
progress.tell('write units of the mix');
const units = await measureWriteUnits(mix, policy);
progress.tell('cross-check with the emulator');
const emulator = await checkAgainstEmulator(seed, policy);
progress.end();

const criteria = [units, emulator, flatness, core, bundle, equality].flatMap((part) => part.criteria);
const short = criteria.filter(({ holds }) => !holds);
const subject = {
  seed,
  full: values.full,
  leads,
  events: mix.filter(({ copy }) => !copy).length,
  copies: mix.filter(({ copy }) => copy).length,
  hotEvents,
  rules: policy.policy.scoring.rules.length,
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
};

if (values.json) {
  const parts = { units, emulator, flatness, core, bundle, equality };
  const details = Object.fromEntries(
    Object.entries(parts).map(([name, { criteria: _, ...detail }]) => [name, detail]),
  );
  process.stdout.write(`${JSON.stringify({ ok: short.length === 0, ...subject, criteria, ...details })}\n`);
} else {
  console.log(
    [
      `${subject.events.toLocaleString('en')} events and ${subject.copies.toLocaleString('en')} copies of ${leads.toLocaleString('en')} leads, seed ${seed}; ${subject.rules} rules; Node ${subject.node}, ${subject.cpu}; times are the processor's`,
      values.full
        ? 'One lead has 100,000 events.'
        : `Scaled down: the busiest lead has ${hotEvents.toLocaleString('en')} events. All 100,000 with --full.`,
      '',
      unitsTable({
        'each alone': units.alone,
        'without the busiest lead': units.aloneOthers,
        'in threes': units.byThree,
      }),
      '',
      stepsTable(flatness.steps),
      '',
      `per second: core ${Math.round(core.rates.core)}, with the item codec ${Math.round(core.rates.withCodec)}, json-rules-engine ${Math.round(core.rates.rulesEngine)} (matching only)`,
      `score-lead ${bundle.bytes} bytes loads in ${bundle.loadMs.toFixed(0)} ms, its clients alone ${bundle.bareBytes} bytes in ${bundle.bareLoadMs.toFixed(0)} ms`,
      '',
      criteriaTable(criteria),
      '',
      short.length === 0 ? 'Every number is reached.' : `${short.length} of ${criteria.length} fall short.`,
    ].join('\n'),
  );
}
process.exitCode = short.length === 0 ? 0 : 1;
