import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as v from 'valibot';
import { factDefinitions, type StampedFact } from '../../shared/events/facts.ts';
import type { ClientConfig } from '../local/emulator-connection.ts';

/** Hears every fact of the bus. What comes twice is heard twice. */
export type FactTap = Readonly<{
  facts(): readonly StampedFact[];
  onFact(listener: (fact: StampedFact) => void): void;
  /** Returns once the queue was empty twice in a row: what is heard by then is all there was. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}>;

export const tapQueueName = 'baton-command-line';

/** A rule and a queue of the command line's own, beside those of the stack. For the local stack only. */
export const openFactTap = async (clientConfig: ClientConfig, bus: string): Promise<FactTap> => {
  const sqs = new SQSClient(clientConfig);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: tapQueueName }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const arn = Attributes?.QueueArn ?? '';
  await sqs.send(
    new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(mayBeFedBy(arn)) } }),
  );
  const events = new EventBridgeClient(clientConfig);
  await events.send(
    new PutRuleCommand({
      Name: tapQueueName,
      EventBusName: bus,
      EventPattern: JSON.stringify({ source: ['baton'] }),
    }),
  );
  await events.send(
    new PutTargetsCommand({ Rule: tapQueueName, EventBusName: bus, Targets: [{ Id: 'queue', Arn: arn }] }),
  );

  const heard: StampedFact[] = [];
  const listeners: ((fact: StampedFact) => void)[] = [];
  let running = true;
  let emptyInARow = 0;

  const receive = async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    emptyInARow = Messages.length === 0 ? emptyInARow + 1 : 0;
    for (const { Body = '' } of Messages) {
      const fact = factIn(Body);
      if (fact === undefined) continue;
      heard.push(fact);
      for (const tell of listeners) tell(fact);
    }
    if (Messages.length > 0)
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: Messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle })),
        }),
      );
  };
  const listening = (async () => {
    while (running) await receive();
  })();
  // Told to whoever drains or stops; until then nobody asks.
  listening.catch(() => undefined);

  return {
    facts: () => heard,
    onFact: (listener) => void listeners.push(listener),
    async drain() {
      emptyInARow = 0;
      while (emptyInARow < 2)
        await Promise.race([listening, new Promise((resolve) => setTimeout(resolve, 50))]);
    },
    async stop() {
      running = false;
      await listening.catch(() => undefined);
    },
  };
};

const mayBeFedBy = (arn: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: arn,
    },
  ],
});

const envelope = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ 'detail-type': v.string(), detail: v.unknown() }),
);

const factIn = (body: string): StampedFact | undefined => {
  const read = v.safeParse(envelope, body);
  if (!read.success) return undefined;
  const { 'detail-type': type, detail } = read.output;
  const definition = factDefinitions.find((candidate) => candidate.type === type);
  if (definition === undefined) return undefined;
  const fact = v.safeParse(definition.schema, detail);
  // The definition was found by this very type, and its own schema made the rest.
  return fact.success ? ({ type, ...fact.output } as StampedFact) : undefined;
};
