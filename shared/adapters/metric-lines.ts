import type { Metrics } from '../ports.ts';

/**
 * CloudWatch metrics as `emfMetrics` writes them, counts only, for a function that starts too often to carry a library
 * for them.
 */
export const metricLines = (service: string, environment: string): Metrics => ({
  add(name, value) {
    const line = {
      _aws: {
        Timestamp: Date.now(),
        CloudWatchMetrics: [
          {
            Namespace: 'Baton',
            Dimensions: [['service', 'environment']],
            Metrics: [{ Name: name, Unit: 'Count' }],
          },
        ],
      },
      service,
      environment,
      [name]: value,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  },
});
