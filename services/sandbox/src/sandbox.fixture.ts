import type { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import type { BookingView, EnvironmentView, SlotView, WaitlistEntryView } from '@umuhuza/contracts/sandbox/schemas';
import { openNotedFiles } from '@umuhuza/documents/notedFiles';
import { openFileStore } from '@umuhuza/documents/openFileStore';
import type { S3Place } from '@umuhuza/documents/s3FileStore';
import { connectBus } from '@umuhuza/eventing/bus';
import { openDeadLetters } from '@umuhuza/eventing/deadLetters';
import { every } from '@umuhuza/service/every';
import { type Listening, listen } from '@umuhuza/service/listen';
import { connectMongo, type Mongo } from '@umuhuza/service/mongo';
import type { Stoppable } from '@umuhuza/service/runService';
import { leaseBackends } from '@umuhuza/testing/backends';
import { type Client, clientOf } from '@umuhuza/testing/client';
import { startIssuer } from '@umuhuza/testing/issuer';
import { servicePartsFor } from '@umuhuza/testing/serviceParts';
import { expect } from 'vitest';
import { createApp } from './app.ts';
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
import type { ResourcesBook } from './resourcesBook.ts';
import type { SlotBook } from './slotBook.ts';
import { openMongoTermsTexts } from './termsTexts.ts';
import { openMongoTurns } from './turns.ts';

export const content = {
  title: 'Mobile money test room (demonstration)',
  kinds: ['Mobile money', 'E-government'],
  place: { city: 'Kigali', address: 'KG 7 Ave' },
  devices: ['Android 12 phones'],
  languages: [{ language: 'rw', level: 'native' }],
  dataRules: { data: 'test-data', law: 'Law No 058/2021 (Rwanda)' },
};
export const product = { name: 'Demonstration wallet', goals: 'Do people find the fee?' };
/** What a guest fills in. */
export const form = { product, dataClass: 'no-personal-data' };
export const report = { summary: 'Eight paid and were paid.', findings: [{ title: 'Only in English', severity: 'medium' }] };

/** Few, so that a spec reaches them. */
export const fairUse = { openBookings: 6, openHolds: 3, waiting: 4 };
export const publicUrl = 'http://umuhuza.test';

/** Two replicas of the service on one database; the second one shares nothing else with the first. */
export const startSandbox = async (s3?: S3Place) => {
  const [backends, issuer] = await Promise.all([leaseBackends(), startIssuer()]);
  const parts: Stoppable[] = [];

  /** The service's clock can be put ahead, so that days pass in no time. It never goes back. */
  let ahead = Temporal.Duration.from({ hours: 0 });
  const clock = () => Temporal.Now.instant().add(ahead).toString({ fractionalSecondDigits: 3 });

  const startReplica = async (): Promise<{
    readonly listening: Listening;
    readonly mongo: Mongo;
    readonly slots: SlotBook;
    readonly resources: ResourcesBook;
  }> => {
    const serviceParts = await servicePartsFor('sandbox', issuer);
    const mongo = await connectMongo(backends.mongoUrl, 'sandbox', backends.databaseOf('sandbox'));
    parts.push(mongo);
    const bus = await connectBus({ service: 'sandbox', ...backends.nats, logger: serviceParts.logger, clock });
    parts.push(bus);
    const environments = await openMongoEnvironmentBook(mongo.connection);
    const hours = await openMongoHoursBook(mongo.connection);
    const resources = await openMongoResourcesBook(mongo.connection);
    const slots = await openMongoSlotBook(mongo.connection);
    const feeds = await openMongoFeedBook(mongo.connection);
    const members = await openMongoMembers(mongo.connection);
    const reports = await openMongoReportBook(mongo.connection);
    const evidenceOfBefore = openMongoEvidenceOfBefore(mongo.connection);
    const store = await openFileStore(mongo.connection, s3);
    parts.push({ stop: async () => store.stop() });
    const files = await openNotedFiles(mongo.connection, store);
    const signer = await openMongoReportSigner(mongo.connection, clock);
    const organisations = await openMongoOrganisationNames(mongo.connection);
    const termsTexts = openMongoTermsTexts(mongo.connection);
    parts.push(bus.relay(environments.outbox), bus.relay(slots.outbox), bus.relay(reports.outbox));
    parts.push(
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
      every(50, 'passing time in slots', passTimeInSlotsWhenDue({ slots, clock }), serviceParts.logger),
      every(
        50,
        'opening slots ahead',
        openSlotsAheadOfHours({ hours, environments, resources, slots, clock, logger: serviceParts.logger }),
        serviceParts.logger,
      ),
      every(
        200,
        'closing what ended hours left',
        closeWhatEndedHoursLeft({ hours, slots, resources, clock }),
        serviceParts.logger,
      ),
      every(100, 'deleting forgotten files', deleteForgottenFiles({ environments, reports, files, clock }), serviceParts.logger),
      every(100, 'settling moves', settleMovesWhenDue({ slots, clock }), serviceParts.logger),
      every(100, 'settling reservations', settleReservationsWhenDue({ slots, resources, clock }), serviceParts.logger),
    );
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
      fairUse: fairUseOf(slots, openMongoTurns(mongo.connection, clock), fairUse),
      publicUrl,
      organisations,
      clock,
      ...serviceParts,
    });
    const listening = await listen(app, { host: '127.0.0.1', port: 0 });
    parts.push(listening);
    return { listening, mongo, slots, resources };
  };
  const first = await startReplica();
  const replicas = [first, await startReplica()];

  const inHours = (hours: number) =>
    Temporal.Instant.from(clock())
      .add({ seconds: Math.round(hours * 3_600) })
      .toString();

  return {
    backends,
    /** The slots and the calendars as the first replica writes them; for what no request can bring about. */
    slots: first.slots,
    resources: first.resources,
    address: `http://127.0.0.1:${first.listening.port}`,
    /** What no version of today writes. */
    setIn: async (collection: string, id: string, change: object) => {
      await first.mongo.connection.collection<{ _id: string }>(collection).updateOne({ _id: id }, change);
    },
    documentsOf: (collection: string) => first.mongo.connection.collection(collection).find().toArray(),
    clock,
    inHours,
    passHours: (hours: number) => {
      ahead = ahead.add({ seconds: Math.round(hours * 3_600) });
    },
    as: async (organisation: string, country: 'DE' | 'RW' = 'DE', replica = 0): Promise<Client> =>
      clientOf(`http://127.0.0.1:${replicas[replica]?.listening.port}`, await issuer.tokenFor({ organisation, country })),
    eventsAbout: async (subject: string) =>
      (await backends.heardFrom('sandbox'))
        .filter((event) => event.subject === subject)
        .map(({ type, data, sequence }) => ({ type: type.split('.')[2] as keyof typeof sandboxEvents, data, sequence })),
    openEnvironment: async (host: Client, more: object = {}): Promise<EnvironmentView> => {
      const reply = await host('POST', '/api/sandbox/environments', { body: { ...content, ...more } });
      expect(reply).toMatchObject({ status: 201 });
      return reply.body;
    },
    openSlot: async (host: Client, environmentId: string, capacity: number, hours = 72): Promise<SlotView> => {
      const reply = await host('POST', `/api/sandbox/environments/${environmentId}/slots`, {
        body: { startsAt: inHours(hours), endsAt: inHours(hours + 3), capacity },
      });
      expect(reply).toMatchObject({ status: 201 });
      return reply.body;
    },
    stop: async () => {
      for (const part of parts.reverse()) await part.stop();
      await Promise.all([backends.end(), issuer.stop()]);
    },
  };
};
export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

export const book = async (guest: Client, slotId: string, more: object = {}): Promise<BookingView> => {
  const reply = await guest('POST', `/api/sandbox/slots/${slotId}/bookings`, { body: { ...form, ...more } });
  expect(reply).toMatchObject({ status: 201 });
  return reply.body;
};
export const wait = async (guest: Client, slotId: string): Promise<WaitlistEntryView> => {
  const reply = await guest('POST', `/api/sandbox/slots/${slotId}/waitlist`, { body: form });
  expect(reply).toMatchObject({ status: 201 });
  return reply.body;
};
export const look = async (reader: Client, slotId: string): Promise<SlotView> =>
  (await reader('GET', `/api/sandbox/slots/${slotId}`)).body;
export const onBooking = (caller: Client, { bookingId }: { bookingId: string }, action: string, body?: object) =>
  caller('POST', `/api/sandbox/bookings/${bookingId}/${action}`, body ? { body } : {});
/** The name of the problem a reply is, or its status when it is none. */
export const problemOf = ({ status, body }: { status: number; body: unknown }): string | number =>
  status >= 400 ? String((body as { type?: string }).type).replace('/problems/', '') : status;
