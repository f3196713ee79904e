import type { Company } from '../../door.ts';
import { effect } from '../check/effects.ts';
import { field, type Scene, type Stage } from './stage.ts';

/** Devices that every host has, so many that no slot lacks them: what the run looks at is that they are kept and given back. */
export const devices = { resourceId: 'devices', name: 'Devices (demonstration)', kind: 'device-pool', quantity: 1_000 } as const;

export const openEnvironment = async (stage: Stage, host: Company, needs: boolean): Promise<void> => {
  const title = `Test room ${stage.number()} (demonstration)`;
  const opened = await stage.act({
    what: 'opens a test environment',
    by: host,
    method: 'POST',
    path: '/api/sandbox/environments',
    body: {
      title,
      kinds: ['Mobile money'],
      place: { city: 'Kigali' },
      languages: [{ language: 'en', level: 'C1' }],
      dataRules: { data: 'test-data', law: 'Law No 058/2021 (Rwanda)' },
      confirmation: 'by-hand',
      ...(needs ? { needs: [{ resourceId: devices.resourceId, quantity: 1 }] } : {}),
    },
    effect: effect.environment(title),
    about: field('environmentId'),
  });
  if (opened?.status === 201) stage.environments.push({ id: field('environmentId')(opened.body), host });
};

/** Everybody wants one of a few places at once; some wait, hosts confirm, guests cancel, offers are taken, slots close. */
export const fillSlot: Scene = async (stage) => {
  const { act, random, number, environments } = stage;
  if (environments.length === 0 || random.chance(0.05)) await openEnvironment(stage, random.pick(stage.rwandans), true);
  if (environments.length === 0) return;
  const { id: environmentId, host } = random.pick(environments);
  const open = async (capacity: number) => {
    const starts = Date.UTC(2030, 0, 1) + number() * 60_000;
    const startsAt = new Date(starts).toISOString();
    const opened = await act({
      what: 'opens a slot',
      by: host,
      method: 'POST',
      path: `/api/sandbox/environments/${environmentId}/slots`,
      body: { startsAt, endsAt: new Date(starts + 3_600_000).toISOString(), capacity },
      effect: effect.slot(startsAt),
      about: field('slotId'),
    });
    return opened?.status === 201 ? field('slotId')(opened.body) : undefined;
  };
  const [slotId, elsewhere] = await Promise.all([
    open(1 + random.below(2)),
    random.chance(0.4) ? open(1) : Promise.resolve(undefined),
  ]);
  if (slotId === undefined) return;

  const guests = random.shuffled([...stage.germans, ...stage.rwandans].filter((one) => one !== host)).slice(0, 5);
  const grow = async () => {
    // More than the slot began with, and said once: the last word on it.
    const capacity = 3 + random.below(3);
    await act({
      what: 'adds places',
      by: host,
      method: 'PATCH',
      path: `/api/sandbox/slots/${slotId}`,
      body: { capacity },
      effect: effect.capacity(slotId, capacity),
      about: slotId,
    });
  };
  await Promise.all([
    ...guests.map((guest) => visit(stage, guest, host, slotId, elsewhere)),
    ...(random.chance(0.3) ? [grow()] : []),
  ]);
  if (random.chance(0.25)) {
    const reason = `The room has no power that day. ${number()}`;
    await act({
      what: 'closes a slot',
      by: host,
      method: 'POST',
      path: `/api/sandbox/slots/${slotId}/close`,
      body: { reason, bookings: { do: 'cancel' } },
      effect: effect.slotClosed(reason),
      about: slotId,
    });
  }
};

const confirm = ({ act }: Stage, host: Company, slotId: string, bookingId: string) =>
  act({
    what: 'confirms a booking',
    by: host,
    method: 'POST',
    path: `/api/sandbox/bookings/${bookingId}/confirm`,
    body: {},
    effect: effect.confirmed(bookingId),
    about: slotId,
  });

const visit = async (stage: Stage, guest: Company, host: Company, slotId: string, elsewhere?: string): Promise<void> => {
  const { act, random, number } = stage;
  const name = `Product ${number()}`;
  const booked = await act({
    what: 'books a place',
    by: guest,
    method: 'POST',
    path: `/api/sandbox/slots/${slotId}/bookings`,
    body: { product: { name }, dataClass: 'no-personal-data' },
    effect: effect.booking(name),
    about: slotId,
  });
  if (booked?.status === 201) {
    const bookingId = field('bookingId')(booked.body);
    const refusal = `Another guest has asked before. ${number()}`;
    const confirming = random.chance(0.2)
      ? act({
          what: 'declines a booking',
          by: host,
          method: 'POST',
          path: `/api/sandbox/bookings/${bookingId}/decline`,
          body: { reason: refusal },
          effect: effect.declined(refusal),
          about: slotId,
        })
      : confirm(stage, host, slotId, bookingId);
    const reason = `The product is late. ${number()}`;
    const cancelling =
      random.chance(0.4) &&
      act({
        what: 'cancels a booking',
        by: guest,
        method: 'POST',
        path: `/api/sandbox/bookings/${bookingId}/cancel`,
        body: { reason },
        effect: effect.bookingCancelled(reason),
        about: slotId,
      });
    await Promise.all([confirming, cancelling]);
    // Two writes in two slots, and one more where the place it leaves is offered to the next. Not beside the others: a command on a booking
    // that is sent again after the booking moved on is another one in its new slot.
    if (elsewhere !== undefined && random.chance(0.5))
      await act({
        what: 'moves a booking',
        by: guest,
        method: 'POST',
        path: `/api/sandbox/bookings/${bookingId}/reschedule`,
        body: { to: elsewhere },
        effect: effect.moved(bookingId),
        about: slotId,
      });
    return;
  }
  if (booked?.status !== 409 || !random.chance(0.5)) return;
  const joined = await act({
    what: 'waits for a place',
    by: guest,
    method: 'POST',
    path: `/api/sandbox/slots/${slotId}/waitlist`,
    body: { product: { name }, dataClass: 'no-personal-data' },
    effect: effect.waiting(name),
    about: slotId,
  });
  if (joined?.status !== 201) return;
  const entryId = field('entryId')(joined.body);
  if (random.chance(0.3)) {
    await act({
      what: 'lets a place pass',
      by: guest,
      method: 'POST',
      path: `/api/sandbox/waitlist/${entryId}/decline`,
      body: {},
      effect: effect.offerDeclined(entryId),
      about: slotId,
    });
    return;
  }
  await act({
    what: 'takes an offered place',
    by: guest,
    method: 'POST',
    path: `/api/sandbox/waitlist/${entryId}/accept`,
    body: {},
    effect: effect.offerAccepted(entryId),
    about: slotId,
  });
};

/** Milliseconds from opening a slot to its beginning. */
const beginsIn = 8_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

let latestStart = 0;
/** An instant that no other slot of this run begins at: slots are told apart by it. */
const ownStart = (wished: number): number => {
  latestStart = Math.max(wished, latestStart + 1);
  return latestStart;
};

/** A slot that begins soon: who has a place comes and gets a report, or does not come. */
export const playSlot: Scene = async (stage) => {
  const { act, random, number, environments } = stage;
  if (environments.length === 0) return;
  const { id: environmentId, host } = random.pick(environments);
  const starts = ownStart(Date.now() + beginsIn);
  const startsAt = new Date(starts).toISOString();
  const opened = await act({
    what: 'opens a slot that begins soon',
    by: host,
    method: 'POST',
    path: `/api/sandbox/environments/${environmentId}/slots`,
    body: { startsAt, endsAt: new Date(starts + 3_600_000).toISOString(), capacity: 1 },
    effect: effect.slot(startsAt),
    about: field('slotId'),
  });
  if (opened?.status !== 201) return;
  const slotId = field('slotId')(opened.body);
  const name = `Product ${number()}`;
  const booked = await act({
    what: 'books a place',
    by: random.pick(stage.germans),
    method: 'POST',
    path: `/api/sandbox/slots/${slotId}/bookings`,
    body: { product: { name }, dataClass: 'no-personal-data' },
    effect: effect.booking(name),
    about: slotId,
  });
  if (booked?.status !== 201) return;
  const bookingId = field('bookingId')(booked.body);
  if ((await confirm(stage, host, slotId, bookingId))?.status !== 200) return;
  await pause(starts - Date.now() + 200);
  const summary = `It pays with every wallet. ${number()}`;
  const complete = () =>
    act({
      what: 'reports on a test',
      by: host,
      method: 'POST',
      path: `/api/sandbox/bookings/${bookingId}/complete`,
      body: { report: { summary, findings: [] } },
      effect: effect.completed(summary),
      about: slotId,
    });
  const miss = () =>
    act({
      what: 'says that nobody came',
      by: host,
      method: 'POST',
      path: `/api/sandbox/bookings/${bookingId}/no-show`,
      body: {},
      effect: effect.noShow(bookingId),
      about: slotId,
    });
  await Promise.all(random.chance(0.2) ? [complete(), miss()] : [random.chance(0.7) ? complete() : miss()]);
};
