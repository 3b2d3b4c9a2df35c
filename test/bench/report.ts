import { styleText } from 'node:util';
import { table } from '../../infra/cli/replay/tables.ts';
import type { Criterion } from './criterion.ts';
import type { Step } from './flatness.ts';
import type { UnitsPerEvent } from './write-units.ts';

/** What was measured against what is to be reached; what falls short comes last, where it is seen. */
export const criteriaTable = (criteria: readonly Criterion[]): string => {
  const rows = [...criteria].sort((a, b) => Number(b.holds) - Number(a.holds));
  return table(
    ['', 'what', 'measured', 'to reach'],
    rows.map(({ holds, name, measured, target }) => [
      holds ? styleText('green', '✓') : styleText('red', '✗'),
      name,
      measured,
      target,
    ]),
    4,
  );
};

export const unitsTable = (units: Readonly<Record<string, UnitsPerEvent>>): string =>
  table(
    ['units', 'write / event', 'facts', 'read / delivery', 'other items: write', 'read'],
    Object.entries(units).map(([name, { write, facts, readPerDelivery, otherWrite, otherRead }]) => [
      name,
      ...[write, facts, readPerDelivery, otherWrite, otherRead].map((value) => value.toFixed(3)),
    ]),
  );

export const stepsTable = (steps: readonly Step[]): string =>
  table(
    ['one more event after', 'write units', 'read units', 'work, us'],
    steps.map(({ history, writeUnits, readUnits, microseconds }) => [
      `${history.toLocaleString('en')} events`,
      writeUnits.toFixed(3),
      readUnits.toFixed(3),
      microseconds.toFixed(0),
    ]),
  );
