import { expect, it } from 'vitest';
import { simulatedFunctions } from '../../infra/cli/in-process/faulty-system.ts';
import { resourcesOf, templateOf } from './synthesize.ts';

it('every function of the deployed stack runs in the simulation', () => {
  const deployed = Object.values(resourcesOf(templateOf('prod')))
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .flatMap(({ Properties }) => Properties.Environment?.Variables?.SERVICE_NAME ?? []);
  expect([...simulatedFunctions].sort()).toEqual(deployed.sort());
});
