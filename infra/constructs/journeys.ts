import { Construct } from 'constructs';
import type { CapabilityProps } from './capability.ts';
import { Worker } from './worker.ts';

/** All facts -> one journey per lead and per handoff, from which KPIs are counted. */
export class Journeys extends Construct {
  constructor(scope: Construct, id: string, { platform, tables }: CapabilityProps) {
    super(scope, id);
    const { function: recordJourney } = new Worker(this, 'RecordJourney', {
      platform,
      name: 'record-journey',
      impact: 'KPIs stand still; leads and sales notice nothing.',
    });
    tables.journeys.grantReadWriteTo(recordJourney);
  }
}
