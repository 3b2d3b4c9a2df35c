import type { AlertTopic } from '../ports.ts';

/** A topic that keeps what was published. */
export const memoryAlertTopic = (): AlertTopic &
  Readonly<{ alerts: Readonly<{ subject: string; message: string }>[] }> => {
  const alerts: Readonly<{ subject: string; message: string }>[] = [];
  return {
    alerts,
    async publish(subject, message) {
      alerts.push({ subject, message });
    },
  };
};
