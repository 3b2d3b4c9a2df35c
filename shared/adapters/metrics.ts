import { Metrics as Emf, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Metrics } from '../ports.ts';

/**
 * CloudWatch metrics, as lines of the log in the embedded metric format: namespace `Baton`, dimensions `service` and
 * `environment`. Each one is a line of its own, so that none is lost with an invocation that fails later.
 */
export const emfMetrics = (service: string, environment: string): Metrics => {
  const metrics = new Emf({
    namespace: 'Baton',
    serviceName: service,
    defaultDimensions: { environment },
    // Each is sent at once.
    singleMetric: true,
  });
  return {
    add: (name, value) => {
      metrics.addMetric(name, unitOf(name), value);
    },
  };
};

const unitOf = (name: string) =>
  name.endsWith('Seconds')
    ? MetricUnit.Seconds
    : name.endsWith('Bytes')
      ? MetricUnit.Bytes
      : MetricUnit.Count;
