import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  readonly registry: Registry;
  /** `seconds` a route took to answer; sealed routes are never counted. */
  readonly answered: (method: string, route: string, status: number, seconds: number) => void;
  /** A figure of the service's own, 0 until it is set. */
  readonly figure: (name: string, help: string) => (value: number) => void;
};

/** Prometheus metrics of one process: the runtime's own, and how long each route took. */
export const createMetrics = (service: string): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return {
    registry,
    answered: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    figure: (name, help) => {
      const gauge = new Gauge({ name, help, registers: [registry] });
      return (value) => gauge.set(value);
    },
  };
};
