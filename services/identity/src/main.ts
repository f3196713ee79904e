import { connectBus } from '@umuhuza/eventing/bus';
import { systemClock as clock } from '@umuhuza/service/clock';
import { readConfig } from '@umuhuza/service/config';
import { every } from '@umuhuza/service/every';
import { handingOver, listen } from '@umuhuza/service/listen';
import { createMetrics } from '@umuhuza/service/metrics';
import { connectMongo } from '@umuhuza/service/mongo';
import { runService } from '@umuhuza/service/runService';
import { tokensOf } from '@umuhuza/service/tokens';
import { createApp } from './app.ts';
import { identityConfig } from './config.ts';
import { openIdentity } from './openIdentity.ts';

await runService('identity', async (onStop, logger) => {
  const config = readConfig(identityConfig, process.env);
  const metrics = createMetrics('identity');
  const mongo = onStop(await connectMongo(config.MONGODB_URL, 'identity'));
  const bus = onStop(
    await connectBus({
      service: 'identity',
      url: config.NATS_URL,
      user: config.NATS_USER,
      password: config.NATS_PASSWORD,
      logger,
      clock,
      registry: metrics.registry,
    }),
  );
  const { organisations, directory, announcer, auth, programmeOffice } = await openIdentity({
    config,
    connection: mongo.connection,
    clock,
    logger,
  });

  onStop(bus.relay(organisations.outbox));
  onStop(every(1_000, 'announcing organisations', announcer.sweep, logger));

  const app = createApp({
    auth,
    directory,
    programmeOffice,
    publicUrl: config.PUBLIC_URL,
    logger,
    metrics,
    verifyToken: await tokensOf(config, mongo.connection),
    missing: () => (mongo.isConnected() ? [] : ['MongoDB']),
  });
  onStop(await listen(app, { host: config.HOST, port: config.PORT, ...handingOver }));
});
