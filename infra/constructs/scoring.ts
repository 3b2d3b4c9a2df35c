import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { CapabilityProps } from './capability.ts';
import { Worker } from './worker.ts';

/** What leads do -> score and stage; what becomes of their handoffs -> stage. */
export class Scoring extends Construct {
  /** Takes leads that have come due. */
  readonly advanceLead: Worker;

  constructor(scope: Construct, id: string, { platform, tables, secrets, logs }: CapabilityProps) {
    super(scope, id);
    const scoring = new Worker(this, 'ScoreLead', {
      platform,
      name: 'score-lead',
      impact: 'Scores stand still: new leads do not reach sales.',
      // Engagements of one lead in one batch are one write; more invocations would only race for it.
      batchSize: 100,
      maxConcurrency: 5,
      timeout: Duration.minutes(1),
    });
    const { function: scoreLead } = scoring;
    tables.leads.grantReadWriteTo(scoreLead);
    tables.leads.grantCountTo(scoreLead);
    tables.policy.grantReadTo(scoreLead);
    secrets.grantHashKeyTo(scoreLead);
    logs.grantRawTo(scoreLead);
    logs.grantRejectedTo(scoreLead);
    platform.monitoring.alarm(scoring, 'Held', {
      metric: scoreLead.metric('MqlHeldCount', 'Sum'),
      threshold: { atLeast: 1 },
      missing: 'fine',
      impact: 'Far more leads than usual qualify by points; those beyond are held back from sales.',
      runbook: 'A surge is held back',
    });

    this.advanceLead = new Worker(this, 'AdvanceLead', {
      platform,
      name: 'advance-lead',
      impact: 'Stages do not follow what sales and customers decided.',
    });
    const { function: advanceLead } = this.advanceLead;
    tables.leads.grantReadWriteTo(advanceLead);
    tables.handoffs.grantReadTo(advanceLead);
    tables.nurture.grantReadTo(advanceLead);
    tables.policy.grantReadTo(advanceLead);
    secrets.grantHashKeyTo(advanceLead);
    logs.grantRejectedTo(advanceLead);
  }
}
