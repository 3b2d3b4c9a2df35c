import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { CapabilityProps } from './capability.ts';
import { Worker } from './worker.ts';

/** A lead that qualifies -> a person in sales, deadlines, and their answer. */
export class Handoffs extends Construct {
  /** Takes handoffs that have come due. */
  readonly watchSla: Worker;

  constructor(scope: Construct, id: string, props: CapabilityProps) {
    super(scope, id);
    this.openHandoffs(props);
    this.watchSla = this.watchDeadlines(props);
    this.takeAnswers(props);
  }

  private openHandoffs({ platform, tables }: CapabilityProps): void {
    const { function: openHandoff } = new Worker(this, 'OpenHandoff', {
      platform,
      name: 'open-handoff',
      impact: 'Qualified leads are given to nobody.',
    });
    tables.leads.grantReadTo(openHandoff);
    tables.handoffs.grantReadWriteTo(openHandoff);
    tables.roster.grantReadWriteTo(openHandoff);
    tables.policy.grantReadTo(openHandoff);
  }

  private watchDeadlines({ platform, tables }: CapabilityProps): Worker {
    const worker = new Worker(this, 'WatchSla', {
      platform,
      name: 'watch-sla',
      impact: 'Deadlines pass unseen: nobody is reminded, no manager is told.',
    });
    tables.handoffs.grantReadWriteTo(worker.function);
    tables.roster.grantReadWriteTo(worker.function);
    tables.policy.grantReadTo(worker.function);
    return worker;
  }

  private takeAnswers({ platform, tables, secrets, logs, api }: CapabilityProps): void {
    const { function: answerHandoff } = new Worker(this, 'AnswerHandoff', {
      platform,
      name: 'answer-handoff',
      impact: 'Answers from the CRM do not count: handoffs that were answered escalate.',
    });
    logs.grantRejectedTo(answerHandoff);
    const page = api.page(this, 'answer-handoff-page', ['/handoffs/answer', '/handoffs/manage']);
    secrets.grantLinkKeyTo(page);
    tables.leads.grantReadTo(page);
    const calls = api.calls(this, 'answer-handoff-api', {
      '/api/handoffs/{id}': [HttpMethod.GET],
      '/api/handoffs/{id}/answers': [HttpMethod.POST],
    });
    for (const fn of [answerHandoff, page, calls]) {
      tables.handoffs.grantReadWriteTo(fn);
      tables.roster.grantReadWriteTo(fn);
      tables.policy.grantReadTo(fn);
    }
  }
}
