import { catalogue } from '@umuhuza/contracts/catalogue';
import type { Document, Order, Stage } from '../stage.ts';
import { german, made, rwandan } from '../story.ts';

export const environmentContent = {
  title: 'Test room (demonstration)',
  kinds: ['Mobile money'],
  place: { city: 'Kigali' },
  languages: [{ language: 'en', level: 'C1' }],
  dataRules: { data: 'test-data', law: 'Law No 058/2021 (Rwanda)' },
  confirmation: 'by-hand',
};
export const times = { startsAt: '2030-01-01T08:00:00.000Z', endsAt: '2030-01-01T10:00:00.000Z' };

/** With time to tidy up between two slots, each slot's time is reserved. */
export const tidiedUp = { bufferMinutes: 15 };

/** What a case needs: a host with an environment, a slot in it, a booking in that, as far as it is asked for. */
export const environmentOf = async (stage: Stage, name: string, more: object = {}) => {
  const host = rwandan(`host-${name}`);
  const { environmentId } = await made(stage, `environment ${name}`, {
    by: host,
    method: 'POST',
    path: '/api/sandbox/environments',
    body: { ...environmentContent, ...more },
  });
  return { host, environmentId };
};
export const slotOf = async (stage: Stage, name: string, more: object = {}) => {
  const { host, environmentId } = await environmentOf(stage, name, more);
  const { slotId } = await made(stage, `slot ${name}`, {
    by: host,
    method: 'POST',
    path: `/api/sandbox/environments/${environmentId}/slots`,
    body: { ...times, capacity: 1 },
  });
  return { host, slotId };
};
export const bookingOf = async (stage: Stage, name: string, more: object = {}) => {
  const { host, slotId } = await slotOf(stage, name, more);
  const guest = german(`guest-${name}`);
  const { bookingId } = await made(stage, `booking ${name}`, {
    by: guest,
    method: 'POST',
    path: `/api/sandbox/slots/${slotId}/bookings`,
    body: { product: { name: 'Demonstration wallet' }, dataClass: 'no-personal-data' },
  });
  return { host, guest, slotId, bookingId };
};

/** The booking is confirmed and its hour has come: to the slot, since nobody waits until 2030. */
export const begunOf = async (stage: Stage, name: string) => {
  const booked = await bookingOf(stage, name);
  const { host, slotId, bookingId } = booked;
  const path = `/api/sandbox/bookings/${bookingId}`;
  await made(stage, `confirmed ${name}`, { by: host, method: 'POST', path: `${path}/confirm`, body: {} });
  const [startsAt, endsAt] = ['2026-01-01T08:00:00.000Z', '2026-01-01T10:00:00.000Z'];
  await stage.database
    .collection<{ _id: string }>('slots')
    .updateOne(
      { _id: String(slotId) },
      { $set: { 'state.startsAt': startsAt, 'state.endsAt': endsAt, 'lookup.startsAt': startsAt } },
    );
  return { ...booked, path };
};
export const completes = ({ host, path }: { host: Order['by']; path: string }, report: object = reportOf()): Order => ({
  by: host,
  method: 'POST',
  path: `${path}/complete`,
  body: { report },
});
const reportOf = () => catalogue.sandbox.BookingCompleted.example.report;
/** The same with its report handed over. */
export const reportedOf = async (stage: Stage, name: string, report?: object) => {
  const begun = await begunOf(stage, name);
  await made(stage, `completed ${name}`, completes(begun, report));
  return begun;
};

/** An open slot in an environment that is described anew since, by a process that died before it gave the slot its time. */
export const withoutTime = async (stage: Stage, name: string) => {
  const { environmentId } = await environmentOf(stage, name);
  const { slotId } = await made(stage, `slot ${name}`, {
    by: rwandan(`host-${name}`),
    method: 'POST',
    path: `/api/sandbox/environments/${environmentId}/slots`,
    body: { ...times, capacity: 1 },
  });
  await stage.quiet();
  await stage.database
    .collection<{ _id: string }>('environments')
    .updateOne({ _id: String(environmentId) }, { $set: { 'state.content.bufferMinutes': tidiedUp.bufferMinutes } });
  return { environmentId: String(environmentId), slotId: String(slotId) };
};

/** A second slot in the environment of the first, on the day after. */
export const anotherSlotOf = async (stage: Stage, name: string, host: Order['by']) => {
  const [environment] = (
    (await stage.get(host, '/api/sandbox/environments?mine=true')).body as { items: { environmentId: string }[] }
  ).items;
  const { slotId } = await made(stage, `another slot ${name}`, {
    by: host,
    method: 'POST',
    path: `/api/sandbox/environments/${environment?.environmentId}/slots`,
    body: { startsAt: '2030-01-02T08:00:00.000Z', endsAt: '2030-01-02T10:00:00.000Z', capacity: 1 },
  });
  return slotId;
};

/** The address of a calendar is another one at every place. */
export const withoutAddress = (document: Document): Document => {
  const { state } = document as unknown as { readonly state: Readonly<Record<string, unknown>> };
  return { ...document, state: 'hash' in state ? { ...state, hash: '<opaque>' } : state, lookup: undefined };
};

const instructions = 'What a tester must know (demonstration).';
export const documentOf = (environmentId: unknown, by: Order['by']): Order => ({
  by,
  method: 'POST',
  path: `/api/sandbox/environments/${environmentId}/documents?name=read-me.txt`,
  file: instructions,
});

/** The fingerprint of a command that names a file is made of the file's id, too. */
export const withoutPaths = (document: Document): Document => {
  const { commands } = document as unknown as { readonly commands: readonly { readonly answer: { readonly status: number } }[] };
  return {
    ...document,
    commands: commands.map((command) => (command.answer.status === 204 ? { ...command, fingerprint: '<opaque>' } : command)),
  };
};

/** A time that was reserved by a process that died is settled half a minute later, at the latest; nobody waits for that. */
export const settledLater = (document: Document): Document =>
  JSON.parse(JSON.stringify(document, (name, value: unknown) => (name === 'settleAt' ? undefined : value))) as Document;

export const nextWeek = Temporal.Now.plainDateISO('Africa/Kigali').add({ days: 7 });
