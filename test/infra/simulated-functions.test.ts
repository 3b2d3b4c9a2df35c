import { expect, it } from 'vitest';
import { simulatedFunctions } from '../../infra/cli/in-process/faulty-system.ts';
import { resourcesOf, templateOf } from './synthesize.ts';

/** Doors only: behind the first is the use case of answer-handoff, behind the second one write of one item. */
const doors = ['answer-handoff-api', 'change-roster-api'];

it('every function of the deployed stack runs in the simulation, but for doors of other systems', () => {
  const deployed = Object.values(resourcesOf(templateOf('prod')))
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .flatMap(({ Properties }) => Properties.Environment?.Variables?.SERVICE_NAME ?? []);
  expect([...simulatedFunctions, ...doors].sort()).toEqual(deployed.sort());
});
