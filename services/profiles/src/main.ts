import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import { systemClock as clock } from '@umuhuza/service/clock';
import { readConfig, serviceConfig } from '@umuhuza/service/config';
import { every } from '@umuhuza/service/every';
import { handingOver, listen } from '@umuhuza/service/listen';
import { createMetrics } from '@umuhuza/service/metrics';
import { connectMongo } from '@umuhuza/service/mongo';
import { runService } from '@umuhuza/service/runService';
import { tokensOf } from '@umuhuza/service/tokens';
import { createApp } from './app.ts';
import { openMongoProfileBook } from './mongoProfileBook.ts';
import { markProfilesStaleWhenDue } from './reactions/markProfilesStaleWhenDue.ts';
import { nameProfileWhenOrganisationRegistered } from './reactions/nameProfileWhenOrganisationRegistered.ts';
import { revokeReferenceWhenAwardLapsed } from './reactions/revokeReferenceWhenAwardLapsed.ts';
import { verifyReferenceWhenLotAwarded } from './reactions/verifyReferenceWhenLotAwarded.ts';
import { verifyReferenceWhenTestReportFinished } from './reactions/verifyReferenceWhenTestReportFinished.ts';

await runService('profiles', async (onStop, logger) => {
  const config = readConfig(serviceConfig, process.env);
  const metrics = createMetrics('profiles');
  const mongo = onStop(await connectMongo(config.MONGODB_URL, 'profiles'));
  const bus = onStop(
    await connectBus({
      service: 'profiles',
      url: config.NATS_URL,
      user: config.NATS_USER,
      password: config.NATS_PASSWORD,
      logger,
      clock,
      registry: metrics.registry,
    }),
  );
  const profiles = await openMongoProfileBook(mongo.connection);

  onStop(bus.relay(profiles.outbox));
  onStop(
    bus.subscribe(
      {
        'identity.OrganisationRegistered': nameProfileWhenOrganisationRegistered({ profiles }),
        'tenders.LotAwarded': verifyReferenceWhenLotAwarded({ profiles }),
        'tenders.AwardLapsed': revokeReferenceWhenAwardLapsed({ profiles }),
        'sandbox.TestReportFinished': verifyReferenceWhenTestReportFinished({ profiles }),
      },
      openDeadLetters(mongo.connection),
    ),
  );
  onStop(every(5_000, 'marking stale profiles', markProfilesStaleWhenDue({ profiles, clock }), logger));

  const app = createApp({
    profiles,
    clock,
    logger,
    metrics,
    verifyToken: await tokensOf(config, mongo.connection),
    missing: () => (mongo.isConnected() ? [] : ['MongoDB']),
  });
  onStop(await listen(app, { host: config.HOST, port: config.PORT, ...handingOver }));
});
