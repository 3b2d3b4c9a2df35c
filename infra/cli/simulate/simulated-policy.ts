import type { PublishedPolicy } from '../../../shared/ports.ts';
import { replayPolicy, shippedPolicy } from '../replay/replay-policy.ts';

const confirmOnly = { subject: '', preheader: '', html: '', text: '{{ confirmUrl }}' };

/** The policy that ships, for the years that are played. Mails are empty, but for the link that leads confirm by. */
export const simulatedPolicy = async (): Promise<PublishedPolicy> => {
  const published = await replayPolicy(shippedPolicy, { firstYear: 2026, lastYear: 2027 });
  const texts = { ...published.policy.texts, 'confirm-opt-in': { en: confirmOnly, de: confirmOnly } };
  return { ...published, policy: { ...published.policy, texts } };
};
