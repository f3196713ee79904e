import { openNotedFiles } from '@umuhuza/documents/notedFiles';
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
import { sandboxConfig } from './config.ts';
import { openMongoEvidenceOfBefore } from './evidenceFiles.ts';
import { fairUseOf } from './fairUse.ts';
import { openMongoMembers } from './members.ts';
import { openMongoEnvironmentBook } from './mongoEnvironmentBook.ts';
import { openMongoFeedBook } from './mongoFeedBook.ts';
import { openMongoHoursBook } from './mongoHoursBook.ts';
import { openMongoReportBook } from './mongoReportBook.ts';
import { openMongoResourcesBook } from './mongoResourcesBook.ts';
import { openMongoSlotBook } from './mongoSlotBook.ts';
import { openMongoOrganisationNames } from './organisationNames.ts';
import { deleteForgottenFiles } from './reactions/deleteForgottenFiles.ts';
import { handOverReportWhenBookingCompleted } from './reactions/handOverReportWhenBookingCompleted.ts';
import { learnMembersWhenTheyChange } from './reactions/learnMembersWhenTheyChange.ts';
import { learnNameWhenOrganisationRegistered } from './reactions/learnNameWhenOrganisationRegistered.ts';
import { closeWhatEndedHoursLeft, openSlotsAheadOfHours } from './reactions/openSlotsAheadOfHours.ts';
import { passTimeInSlotsWhenDue } from './reactions/passTimeInSlotsWhenDue.ts';
import { secureStandingWhenDescribed, secureStandingWhenSlotOpened } from './reactions/secureStandingWhenOpenedOrDescribed.ts';
import { settleMovesWhenDue } from './reactions/settleMovesWhenDue.ts';
import { settleReservationsWhenDue } from './reactions/settleReservationsWhenDue.ts';
import { settleReservationsWhenSlotChanges } from './reactions/settleReservationsWhenSlotChanges.ts';
import { openMongoReportSigner } from './reportSigner.ts';
import { openMongoTermsTexts } from './termsTexts.ts';
import { openMongoTurns } from './turns.ts';

await runService('sandbox', async (onStop, logger) => {
  const config = readConfig(sandboxConfig, process.env);
  const metrics = createMetrics('sandbox');
  const mongo = onStop(await connectMongo(config.MONGODB_URL, 'sandbox'));
  const bus = onStop(
    await connectBus({
      service: 'sandbox',
      url: config.NATS_URL,
      user: config.NATS_USER,
      password: config.NATS_PASSWORD,
      logger,
      clock,
      registry: metrics.registry,
    }),
  );
  const environments = await openMongoEnvironmentBook(mongo.connection);
  const termsTexts = openMongoTermsTexts(mongo.connection);
  const hours = await openMongoHoursBook(mongo.connection);
  const resources = await openMongoResourcesBook(mongo.connection);
  const slots = await openMongoSlotBook(mongo.connection);
  const feeds = await openMongoFeedBook(mongo.connection);
  const members = await openMongoMembers(mongo.connection);
  const reports = await openMongoReportBook(mongo.connection);
  const evidenceOfBefore = openMongoEvidenceOfBefore(mongo.connection);
  const files = await openNotedFiles(mongo.connection, onStop(await openFileStore(mongo.connection, config.S3_URL)));
  const signer = await openMongoReportSigner(mongo.connection, clock);
  const organisations = await openMongoOrganisationNames(mongo.connection);

  onStop(bus.relay(environments.outbox));
  onStop(bus.relay(slots.outbox));
  onStop(bus.relay(reports.outbox));
  onStop(
    bus.subscribe(
      {
        'identity.OrganisationRegistered': learnNameWhenOrganisationRegistered({ organisations }),
        'identity.MembersChanged': learnMembersWhenTheyChange({ members }),
        'sandbox.EnvironmentChanged': secureStandingWhenDescribed({ environments, slots, resources, clock }),
        'sandbox.SlotOpened': secureStandingWhenSlotOpened({ environments, slots, resources, clock }),
        'sandbox.BookingCompleted': handOverReportWhenBookingCompleted({ slots, reports, organisations, clock }),
        'sandbox.SlotClosed': settleReservationsWhenSlotChanges({ slots, resources, clock }),
        'sandbox.SlotRescheduled': settleReservationsWhenSlotChanges({ slots, resources, clock }),
      },
      openDeadLetters(mongo.connection),
    ),
  );
  onStop(every(1_000, 'passing time in slots', passTimeInSlotsWhenDue({ slots, clock }), logger));
  onStop(
    every(1_000, 'opening slots ahead', openSlotsAheadOfHours({ hours, environments, resources, slots, clock, logger }), logger),
  );
  onStop(every(86_400_000, 'closing what ended hours left', closeWhatEndedHoursLeft({ hours, slots, resources, clock }), logger));
  onStop(every(3_600_000, 'deleting forgotten files', deleteForgottenFiles({ environments, reports, files, clock }), logger));
  onStop(every(5_000, 'settling moves', settleMovesWhenDue({ slots, clock }), logger));
  onStop(every(5_000, 'settling reservations', settleReservationsWhenDue({ slots, resources, clock }), logger));

  const app = createApp({
    environments,
    termsTexts,
    hours,
    resources,
    slots,
    feeds,
    members,
    reports,
    evidenceOfBefore,
    files,
    signer,
    fairUse: fairUseOf(slots, openMongoTurns(mongo.connection, clock), {
      openBookings: config.FAIR_USE_OPEN_BOOKINGS,
      openHolds: config.FAIR_USE_OPEN_HOLDS,
      waiting: config.FAIR_USE_WAITING,
    }),
    organisations,
    publicUrl: config.PUBLIC_URL,
    clock,
    logger,
    metrics,
    verifyToken: await tokensOf(config, mongo.connection),
    missing: () => (mongo.isConnected() ? [] : ['MongoDB']),
  });
  onStop(await listen(app, { host: config.HOST, port: config.PORT, ...handingOver }));
});
