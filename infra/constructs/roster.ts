import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { CapabilityProps } from './capability.ts';

/** Who works in sales, as another system keeps it. */
export class Roster extends Construct {
  constructor(scope: Construct, id: string, { tables, api }: CapabilityProps) {
    super(scope, id);
    const changeRoster = api.calls(this, 'change-roster-api', {
      '/api/roster': [HttpMethod.GET, HttpMethod.PUT],
    });
    tables.roster.grantReadWriteTo(changeRoster);
    tables.policy.grantReadTo(changeRoster);
  }
}
