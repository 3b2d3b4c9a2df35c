import type { Clock } from '../../../shared/ports.ts';
import { memoryAlertTopic } from '../../../shared/simulation/memory-alert-topic.ts';
import { memoryMailer } from '../../../shared/simulation/memory-mailer.ts';
import { memoryMetrics } from '../../../shared/simulation/memory-metrics.ts';
import { memoryTokens } from '../../../shared/simulation/memory-tokens.ts';

/** All that leaves the system is kept, with links that really are sealed: to look at it afterwards, and follow them. */
export const keptOutside = (clock: Clock) => ({
  mailer: memoryMailer(),
  topic: memoryAlertTopic(),
  metrics: memoryMetrics(),
  tokens: memoryTokens(clock),
});

export type KeptOutside = ReturnType<typeof keptOutside>;
