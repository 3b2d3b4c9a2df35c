import { expect, it } from 'vitest';
import { simulatedFunctions } from '../../infra/cli/in-process/faulty-system.ts';
import { resourcesOf, templateOf } from './synthesize.ts';

/** Functions of the deployed stack that the simulation does not play, each with why. */
const leftOut: Readonly<Record<string, string>> = {};

it('every function of the deployed stack runs in the simulation, or is left out for a reason', () => {
  const deployed = Object.values(resourcesOf(templateOf('prod')))
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .flatMap(({ Properties }) => Properties.Environment?.Variables?.SERVICE_NAME ?? []);
  expect([...simulatedFunctions, ...Object.keys(leftOut)].sort()).toEqual(deployed.sort());
});
