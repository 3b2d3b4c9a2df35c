import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { InferOutput } from 'valibot';
import type { dueQueuesEnv } from '../../shared/runtime/environment.ts';
import type { CapabilityProps } from './capability.ts';
import { FactRelay } from './fact-relay.ts';
import { Timer } from './timer.ts';
import type { Worker } from './worker.ts';

export type OperationsProps = CapabilityProps &
  Readonly<{
    /** Who takes what has come due, by the key of its queue's URL. */
    due: Readonly<Record<keyof InferOutput<typeof dueQueuesEnv>, Worker>>;
  }>;

/** What keeps everything moving: facts out of the streams, due items into queues, and a look for what got lost. */
export class Operations extends Construct {
  readonly tick: Timer;
  readonly reconcile: Timer;

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { platform, tables, logs } = props;
    new FactRelay(this, 'RelayFacts', {
      platform,
      tables: [tables.leads, tables.handoffs, tables.nurture],
      logs,
    });
    this.tick = this.queueWhatIsDue(props);
    this.reconcile = this.findWhatGotLost(props);
  }

  private queueWhatIsDue({ platform, tables, due }: OperationsProps): Timer {
    const tick = new Timer(this, 'Tick', {
      platform,
      name: 'tick',
      every: Duration.minutes(1),
      timeout: Duration.seconds(50),
      impact: 'Time stands still: no deadline, escalation or campaign step comes.',
    });
    for (const table of [tables.leads, tables.handoffs, tables.nurture, tables.notices])
      table.grantDueIndexTo(tick.function);
    tables.handoffs.grantOpenIndexTo(tick.function);
    // Mails take time; the others are done before the next tick.
    tables.nurture.grantLeaseTo(tick.function);
    for (const [key, worker] of Object.entries(due)) worker.grantFeedTo(tick.function, key);
    platform.monitoring.alarm(this, 'Overdue', {
      metric: tick.function.metric('OldestDueAgeSeconds', 'Maximum'),
      threshold: { atLeast: platform.config.alarms.overdueSeconds },
      missing: 'fine',
      impact: 'Deadlines, escalations or mails are late.',
      runbook: 'Something is overdue',
    });
    platform.monitoring.alarm(this, 'OldestOpenHandoff', {
      // Sent by every run, also when nothing is open: without it nobody watches.
      metric: tick.function.metric('OldestOpenHandoffAgeSeconds', 'Maximum'),
      threshold: { atLeast: platform.config.alarms.openHandoffDays * Duration.days(1).toSeconds() },
      missing: 'breaching',
      impact:
        'Somebody waits for an answer of sales beyond all deadlines, or nobody watches whether anybody does.',
      runbook: 'A handoff stays open',
    });
    return tick;
  }

  private findWhatGotLost({ platform, tables }: OperationsProps): Timer {
    const reconcile = new Timer(this, 'Reconcile', {
      platform,
      name: 'reconcile',
      every: Duration.minutes(5),
      timeout: Duration.minutes(2),
      impact: 'What gets lost on the way stays lost.',
    });
    const fn = reconcile.function;
    for (const table of [tables.leads, tables.handoffs]) table.grantDueIndexTo(fn);
    tables.leads.grantReadWriteTo(fn);
    tables.handoffs.grantReadWriteTo(fn);
    tables.roster.grantReadWriteTo(fn);
    tables.policy.grantReadTo(fn);
    platform.bus.grantPutFactsTo(fn);
    platform.monitoring.alarm(this, 'Rescued', {
      metric: fn.metric('RescueCount', 'Sum'),
      threshold: { atLeast: 1 },
      missing: 'fine',
      impact: 'A fact was lost and has been told again; something on its way does not work.',
      runbook: 'Reconciliation found something',
    });
    platform.monitoring.alarm(this, 'Orphaned', {
      metric: fn.metric('OrphanedHandoffCount', 'Maximum'),
      threshold: { atLeast: 1 },
      missing: 'fine',
      impact:
        'A lead was held by somebody who is no longer in the roster. Open ones go to a colleague; accepted ones wait for you.',
      runbook: 'Reconciliation found something',
    });
    return reconcile;
  }
}
