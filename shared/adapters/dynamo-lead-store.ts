import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { IsFull } from '../leads/log/lead-items.ts';
import { leadLog } from '../leads/log/lead-log.ts';
import type { LeadPairStore } from '../ports.ts';
import { dynamoLeadItems } from './dynamo-lead-items.ts';
import { headBytes } from './lead-item-layout.ts';

/** A write of an item up to here is one unit. */
const oneUnit = 1024;

/** Leads in DynamoDB. Their heads stay within what one unit writes, with room for what comes next. */
export const dynamoLeadStore = (client: DynamoDBClient, table: string): LeadPairStore =>
  leadLog(dynamoLeadItems(client, table), fullItem);

/** Bytes that an engagement takes, and several of one batch. */
const roomForOne = 75;
const roomForSeveral = 120;

/** Whether a head would pass one unit with what comes next. */
export const fullItem: IsFull = (leadId, loaded, head) =>
  headBytes(leadId, loaded, head) + (head.fresh.length > 1 ? roomForSeveral : roomForOne) > oneUnit;
