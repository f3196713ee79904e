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
import { hearing } from './hearing.ts';
import { hearingOnceCaughtUp } from './hearingOnceCaughtUp.ts';
import { openMongoInvitations } from './invitations.ts';
import { openMongoCooperationBook } from './mongoCooperationBook.ts';
import { openMongoInterestBook } from './mongoInterestBook.ts';
import { openMongoMarket } from './mongoMarket.ts';
import { openMongoTenderMatchBook } from './mongoTenderMatchBook.ts';
import { openMongoOrganisations } from './organisations.ts';
import { catchUpWithOtherReplicas } from './reactions/catchUpWithOtherReplicas.ts';
import { expireInterestsWhenDue } from './reactions/expireInterestsWhenDue.ts';
import { tellingOf } from './telling.ts';

await runService('matching', async (onStop, logger) => {
  const config = readConfig(serviceConfig, process.env);
  const metrics = createMetrics('matching');
  const mongo = onStop(await connectMongo(config.MONGODB_URL, 'matching'));
  const bus = onStop(
    await connectBus({
      service: 'matching',
      url: config.NATS_URL,
      user: config.NATS_USER,
      password: config.NATS_PASSWORD,
      logger,
      clock,
      registry: metrics.registry,
    }),
  );
  const matches = await openMongoTenderMatchBook(mongo.connection);
  const interests = await openMongoInterestBook(mongo.connection);
  const cooperations = await openMongoCooperationBook(mongo.connection);
  const organisations = await openMongoOrganisations(mongo.connection);
  const invitations = await openMongoInvitations(mongo.connection);
  const market = await openMongoMarket(mongo.connection, clock);
  const telling = tellingOf({ market, matches, clock });
  const deps = { market, telling, matches, invitations, interests, cooperations, organisations, clock };

  for (const { outbox } of [matches, interests, cooperations]) onStop(bus.relay(outbox));
  const catchUp = catchUpWithOtherReplicas(deps);
  onStop(
    hearingOnceCaughtUp(
      catchUp,
      () => [
        bus.subscribe(hearing(deps), openDeadLetters(mongo.connection)),
        every(1_000, 'catching up with other replicas', catchUp, logger),
      ],
      logger,
    ),
  );
  onStop(every(5_000, 'expiring interests', expireInterestsWhenDue(deps), logger));

  const app = createApp({
    ...deps,
    logger,
    metrics,
    verifyToken: await tokensOf(config, mongo.connection),
    missing: () => (mongo.isConnected() ? [] : ['MongoDB']),
  });
  onStop(await listen(app, { host: config.HOST, port: config.PORT, ...handingOver }));
});
