import { readConfig } from '@umuhuza/service/config';
import { listen } from '@umuhuza/service/listen';
import { createMetrics } from '@umuhuza/service/metrics';
import { runService } from '@umuhuza/service/runService';
import { createApp } from './app.ts';
import { portalConfig } from './config.ts';
import { refuseBrokenRequests } from './door/brokenRequests.ts';
import { metricsApp } from './door/metricsApp.ts';
import { createOpenStreams } from './door/openStreams.ts';
import { buildPages } from './pages/buildPages.ts';

await runService('portal', async (onStop, logger) => {
  const config = readConfig(portalConfig, process.env);
  const metrics = createMetrics('portal');
  const streams = createOpenStreams();
  const pages = buildPages({ logger });
  pages.catch((error: unknown) => logger.error({ err: error }, 'the page cannot be built; the API is served without it'));
  const app = createApp({
    targets: {
      identity: config.IDENTITY_URL,
      profiles: config.PROFILES_URL,
      matching: config.MATCHING_URL,
      sandbox: config.SANDBOX_URL,
      tenders: config.TENDERS_URL,
      notifications: config.NOTIFICATIONS_URL,
    },
    publicUrl: config.PUBLIC_URL,
    trustProxy: config.TRUST_PROXY,
    budgets: {
      read: config.RATE_LIMIT_READ,
      write: config.RATE_LIMIT_WRITE,
      signIn: config.RATE_LIMIT_SIGN_IN,
      address: config.RATE_LIMIT_ADDRESS,
      windowSeconds: config.RATE_LIMIT_WINDOW_SECONDS,
    },
    pages,
    keepsShell: config.SERVICE_WORKER === 'on',
    streams,
    metrics,
    logger,
  });
  if (config.METRICS_PORT !== undefined)
    onStop(await listen(metricsApp(metrics), { host: config.HOST, port: config.METRICS_PORT, shared: true }));
  // A new door takes over the port before this one stops, and whoever is about to ask over a kept connection is still answered.
  const { server } = onStop(await listen(app, { host: config.HOST, port: config.PORT, shared: true, linger: 2_000 }));
  refuseBrokenRequests(server);
  // Stopped first: a stream would keep the listener from stopping.
  onStop(streams);
});
