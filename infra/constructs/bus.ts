import { Duration } from 'aws-cdk-lib';
import { EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { InferOutput } from 'valibot';
import type { EventDefinition } from '../../shared/events/define-event.ts';
import { factDefinitions } from '../../shared/events/facts.ts';
import { takesTheBus } from '../../shared/events/subscriptions.ts';
import type { busEnv } from '../../shared/runtime/environment.ts';
import type { EnvironmentName } from '../environments.ts';
import type { BatonFunction } from './baton-function.ts';
import { output } from './output.ts';

export type BusProps = Readonly<{
  environment: EnvironmentName;
  undelivered: Queue;
}>;

const factTypes: ReadonlySet<string> = new Set(factDefinitions.map(({ type }) => type));

/** The one bus of an environment: producers' events come in, facts go round. */
export class Bus extends Construct {
  readonly bus: EventBus;
  private readonly undelivered: Queue;

  constructor(scope: Construct, id: string, { environment, undelivered }: BusProps) {
    super(scope, id);
    // Named, because producers address it by name.
    this.bus = new EventBus(this, 'Bus', { eventBusName: `baton-${environment}` });
    output(this, 'BusName', this.bus.eventBusName);
    this.undelivered = undelivered;
  }

  /**
   * Facts count only if Baton itself says so; events of producers from whichever source. What is for queues only gets no
   * rule.
   */
  route(scope: Construct, definitions: readonly EventDefinition[], queue: Queue): void {
    const types = definitions.filter(takesTheBus).map(({ type }) => type);
    const facts = types.filter((type) => factTypes.has(type));
    const events = types.filter((type) => !factTypes.has(type));
    if (facts.length > 0) this.rule(scope, 'Facts', { source: ['baton'], detailType: facts }, queue);
    if (events.length > 0) this.rule(scope, 'Events', { detailType: events }, queue);
  }

  grantPutFactsTo(fn: BatonFunction): void {
    const environment: InferOutput<typeof busEnv> = { BUS_NAME: this.bus.eventBusName };
    fn.allow({ actions: ['events:PutEvents'], on: [this.bus.eventBusArn], environment });
  }

  private rule(scope: Construct, id: string, eventPattern: EventPattern, queue: Queue): void {
    const target = new SqsQueue(queue, {
      deadLetterQueue: this.undelivered,
      maxEventAge: Duration.hours(24),
    });
    new Rule(scope, id, { eventBus: this.bus, eventPattern, targets: [target] });
  }
}
