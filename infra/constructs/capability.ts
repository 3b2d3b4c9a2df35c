import type { InputLogs } from './input-logs.ts';
import type { MailStreams } from './mail-streams.ts';
import type { Platform } from './platform.ts';
import type { PublicApi } from './public-api.ts';
import type { Secrets } from './secrets.ts';
import type { Tables } from './tables.ts';

/** What there is to be granted. A capability takes what it needs and grants it, function by function. */
export type CapabilityProps = Readonly<{
  platform: Platform;
  tables: Tables;
  secrets: Secrets;
  logs: InputLogs;
  mail: MailStreams;
  api: PublicApi;
}>;
