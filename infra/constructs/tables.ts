import { Construct } from 'constructs';
import type { InferOutput } from 'valibot';
import type {
  handoffsEnv,
  journeysEnv,
  leadsEnv,
  noticesEnv,
  nurtureEnv,
  policyEnv,
  rosterEnv,
} from '../../shared/runtime/environment.ts';
import type { EnvironmentConfig } from '../environments.ts';
import { Table } from './table.ts';

/** One table per capability: each function gets what it needs, and each stream carries one kind of aggregate. */
export class Tables extends Construct {
  readonly leads: Table;
  readonly handoffs: Table;
  readonly nurture: Table;
  readonly notices: Table;
  readonly journeys: Table;
  readonly roster: Table;
  readonly policy: Table;

  constructor(scope: Construct, id: string, config: EnvironmentConfig) {
    super(scope, id);
    this.leads = new Table(this, 'Leads', {
      config,
      environment: (LEADS_TABLE_NAME): InferOutput<typeof leadsEnv> => ({ LEADS_TABLE_NAME }),
      sorted: true,
      due: true,
      outbox: true,
    });
    this.handoffs = new Table(this, 'Handoffs', {
      config,
      environment: (HANDOFFS_TABLE_NAME): InferOutput<typeof handoffsEnv> => ({ HANDOFFS_TABLE_NAME }),
      due: true,
      open: true,
      outbox: true,
    });
    this.nurture = new Table(this, 'Nurture', {
      config,
      environment: (NURTURE_TABLE_NAME): InferOutput<typeof nurtureEnv> => ({ NURTURE_TABLE_NAME }),
      due: true,
      outbox: true,
    });
    this.notices = new Table(this, 'Notices', {
      config,
      environment: (NOTICES_TABLE_NAME): InferOutput<typeof noticesEnv> => ({ NOTICES_TABLE_NAME }),
      due: true,
    });
    this.journeys = new Table(this, 'Journeys', {
      config,
      environment: (JOURNEYS_TABLE_NAME): InferOutput<typeof journeysEnv> => ({ JOURNEYS_TABLE_NAME }),
    });
    this.roster = new Table(this, 'Roster', {
      config,
      environment: (ROSTER_TABLE_NAME): InferOutput<typeof rosterEnv> => ({ ROSTER_TABLE_NAME }),
    });
    this.policy = new Table(this, 'Policy', {
      config,
      environment: (POLICY_TABLE_NAME): InferOutput<typeof policyEnv> => ({ POLICY_TABLE_NAME }),
    });
  }
}
