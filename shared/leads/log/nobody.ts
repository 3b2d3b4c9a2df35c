import { RecentList } from '../../domain/timeline.ts';
import type { HeadLog, LoadedLead } from '../../ports.ts';

/** Of one who did nothing yet. */
export const emptyLog: HeadLog = { recent: new RecentList(), frozen: new Set() };

/** What is loaded of a lead that there is not. */
export const nobody: LoadedLead = { state: undefined, version: 0, log: emptyLog };
