import { openFileStore } from '@umuhuza/documents/openFileStore';
import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import { systemClock as clock } from '@umuhuza/service/clock';
import { readConfig } from '@umuhuza/service/config';
import { every } from '@umuhuza/service/every';
import { handingOver, listen } from '@umuhuza/service/listen';
import { createMetrics } from '@umuhuza/service/metrics';
import { connectMongo } from '@umuhuza/service/mongo';
import { runService } from '@umuhuza/service/runService';
import { tokensOf } from '@umuhuza/service/tokens';
import { createApp } from './app.ts';
import { tendersConfig } from './config.ts';
import { openMongoBidDocuments } from './mongoBidDocuments.ts';
import { openMongoBidDrafts } from './mongoBidDrafts.ts';
import { openMongoBidStore } from './mongoBidStore.ts';
import { openMongoOrganisations } from './mongoOrganisations.ts';
import { openMongoTenderBook } from './mongoTenderBook.ts';
import { openMongoTenderFiles } from './mongoTenderFiles.ts';
import { openCpvVocabulary } from './openCpvVocabulary.ts';
import { admitMatchedFirms } from './reactions/admitMatchedFirms.ts';
import { closeBiddingWhenDue } from './reactions/closeBiddingWhenDue.ts';
import { deleteForgottenFiles } from './reactions/deleteForgottenFiles.ts';
import { deleteLeftoverBids } from './reactions/deleteLeftoverBids.ts';
import { forgetOldDrafts } from './reactions/forgetOldDrafts.ts';
import { learnMembersWhenTheyChange, learnNameWhenRegistered } from './reactions/learnOrganisations.ts';
import { openBidsWhenDue } from './reactions/openBidsWhenDue.ts';
import { remindBuyersWhenDue } from './reactions/remindBuyersWhenDue.ts';
import { openMongoReceiptSigner } from './receipts/mongoReceiptSigner.ts';
import { beginSealed } from './sealing/beginSealed.ts';
import { bidOwners } from './sealing/bidOwners.ts';
import { openMongoAskers } from './sealing/mongoAskers.ts';
import { openMongoTenderKeys } from './sealing/mongoTenderKeys.ts';

const minute = 60_000;
const hour = 3_600_000;

await runService('tenders', async (onStop, logger) => {
  const config = readConfig(tendersConfig, process.env);
  const metrics = createMetrics('tenders');
  const mongo = onStop(await connectMongo(config.MONGODB_URL, 'tenders'));
  const bus = onStop(
    await connectBus({
      service: 'tenders',
      url: config.NATS_URL,
      user: config.NATS_USER,
      password: config.NATS_PASSWORD,
      logger,
      clock,
      registry: metrics.registry,
    }),
  );
  const owners = bidOwners(config.POST_KEYS);
  const tenders = await openMongoTenderBook(mongo.connection, owners);
  const keys = await openMongoTenderKeys(mongo.connection, config.SEALING_KEYS);
  const askers = await openMongoAskers(mongo.connection, config.SEALING_KEYS);
  const receipts = await openMongoReceiptSigner(mongo.connection, config.SEALING_KEYS, clock);
  const bids = await openMongoBidStore(mongo.connection);
  const drafts = await openMongoBidDrafts(mongo.connection);
  const files = onStop(await openFileStore(mongo.connection, config.S3_URL));
  const bidDocuments = await openMongoBidDocuments(mongo.connection, files);
  const tenderFiles = await openMongoTenderFiles(mongo.connection, files);
  const organisations = await openMongoOrganisations(mongo.connection);
  await beginSealed({ tenders, bids, keys, askers, clock, logger });

  onStop(bus.relay(tenders.outbox));
  onStop(
    bus.subscribe(
      {
        'identity.OrganisationRegistered': learnNameWhenRegistered({ organisations }),
        'identity.MembersChanged': learnMembersWhenTheyChange({ organisations }),
        'matching.FirmsMatched': admitMatchedFirms({ tenders }),
      },
      openDeadLetters(mongo.connection),
    ),
  );
  onStop(every(1_000, 'closing the bidding', closeBiddingWhenDue({ tenders, clock }), logger));
  onStop(every(1_000, 'opening bids', openBidsWhenDue({ tenders, bids, keys, organisations, clock }), logger));
  onStop(every(minute, 'reminding buyers', remindBuyersWhenDue({ tenders, clock }), logger));
  onStop(
    every(
      1_000,
      'deleting bids nobody may read',
      deleteLeftoverBids({ tenders, bids, keys, drafts, bidDocuments, clock }),
      logger,
    ),
  );

  onStop(
    every(hour, 'forgetting old drafts of bids', forgetOldDrafts({ tenders, keys, bids, drafts, bidDocuments, clock }), logger),
  );

  onStop(every(hour, 'deleting forgotten files', deleteForgottenFiles({ tenders, tenderFiles, bidDocuments, clock }), logger));

  const app = createApp({
    tenders,
    bids,
    keys,
    askers,
    owners,
    drafts,
    bidDocuments,
    tenderFiles,
    receipts,
    organisations,
    cpv: await openCpvVocabulary(),
    clock,
    publicUrl: config.PUBLIC_URL,
    logger,
    metrics,
    verifyToken: await tokensOf(config, mongo.connection),
    missing: () => (mongo.isConnected() ? [] : ['MongoDB']),
  });
  onStop(await listen(app, { host: config.HOST, port: config.PORT, ...handingOver }));
});
