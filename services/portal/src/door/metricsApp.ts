import type { Metrics } from '@umuhuza/service/metrics';
import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import express, { type Express } from 'express';

/** The door's own measurements. They listen on a port of their own, never on the public one. */
export const metricsApp = ({ registry }: Metrics): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.get('/metrics', async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics());
  });
  app.use((req, res) => sendProblem(res, commonProblem(req, 'not-found')));
  return app;
};
