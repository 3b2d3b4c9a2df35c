import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { AlertTopic } from '../ports.ts';

/** SNS refuses longer subjects. */
const maxSubject = 99;

export const snsAlertTopic = (client: SNSClient, topicArn: string): AlertTopic => ({
  async publish(subject, message) {
    await client.send(
      new PublishCommand({ TopicArn: topicArn, Subject: subject.slice(0, maxSubject), Message: message }),
    );
  },
});
