import { idFrom, timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { eachInTurn } from '@umuhuza/service/eachInTurn';
import type { Logger } from 'pino';
import type { EnvironmentBook } from '../environmentBook.ts';
import type { CutSlot } from '../hours/cutIntoSlots.ts';
import type { KnownHours } from '../hours/hours.ts';
import { slotsOpened } from '../hours/slotsOpened.ts';
import type { HoursBook } from '../hoursBook.ts';
import { ahead, slotsOf } from '../recurrence.ts';
import { needsTime, reserveThoseThatFit, settle, settleThoseOf } from '../reservations.ts';
import type { ResourcesBook } from '../resourcesBook.ts';
import { followHours, hoursHaveChanged, isInUse } from '../slot/followHours.ts';
import { openSlot } from '../slot/openSlot.ts';
import type { KnownSlot, Terms } from '../slot/slot.ts';
import type { SlotBook } from '../slotBook.ts';
import { askedFor, isMissing, isMovedByHand, neededBy, slotIdOf, type WantedSlot, wantedSlots } from '../slotsOfHours.ts';
import { secureStanding } from '../standingSlots.ts';
import { termsOf } from '../terms.ts';

export type OpenAheadDeps = {
  readonly hours: HoursBook;
  readonly environments: EnvironmentBook;
  readonly resources: ResourcesBook;
  readonly slots: SlotBook;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** How many hours are looked at in one round, and how many of their slots are written side by side. */
const batch = 20;
const sideBySide = 8;

/** For how many slots time is reserved in one write: few enough to be opened long before anybody asks what became of it. */
const reservedAtOnce = 40;

/** Hours are looked at once a day, and of a closed environment once an hour, until it is open again. */
const aDay = 24;
const anHour = 1;

/**
 * Opens the slots of the weeks ahead that are not there, also those whose time was taken the last time, and tells those that are there when
 * their hours have changed. Each slot decides in its own write; what is done twice, by a restart or by two replicas, changes nothing.
 */
export const openSlotsAheadOfHours = (deps: OpenAheadDeps) => async (): Promise<void> => {
  await eachInTurn(await deps.hours.due(deps.clock(), batch), ({ id }) => lookAt(deps, id));
};

type TellDeps = Pick<OpenAheadDeps, 'hours' | 'slots' | 'resources' | 'clock'>;

/**
 * Hours that have ended are not due any more. Slots that they left before a slot could be marked so are marked once, and those that nobody is in
 * any more are closed.
 */
export const closeWhatEndedHoursLeft = (deps: TellDeps) => async (): Promise<void> => {
  const at = deps.clock();
  await eachInTurn(await deps.slots.hoursWithSlots(at), async (hoursId) => {
    const hours = await deps.hours.find(hoursId);
    if (hours?.status === 'ended') await tellThoseThere(deps, hours, [], at);
  });
};

/** Reads the hours itself: those before it in the round took their time, and hours may have changed meanwhile. */
const lookAt = async (deps: OpenAheadDeps, hoursId: string): Promise<void> => {
  const hours = await deps.hours.find(hoursId);
  if (hours === undefined || hours.status === 'none') return;
  const at = deps.clock();
  const cause = timeCause('hours-due', at);
  const until = ahead(at);
  const environment = await deps.environments.find(hours.environmentId);
  const terms = environment?.status === 'open' && hours.status === 'open' ? termsOf(environment) : undefined;
  const cut = hours.status === 'open' ? slotsOf(hours.plan, at, until).slots : [];

  await tellThoseThere(deps, hours, cut, at);
  if (terms) {
    await secureStanding(deps, terms);
    const wanted = await wantedSlots(deps.slots, hours.id, cut, await deps.slots.ofHours(hours.id, at));
    const missing = wanted.filter((one) => isMissing(one, at));
    const opened = await openMissing(deps, hours, terms, missing, at);
    if (opened < missing.length)
      deps.logger.info({ hours: hours.id, slots: missing.length - opened }, 'slots of these hours cannot be opened');
  }
  // Of a closed environment nothing was opened, so nothing is passed over either: what is missing is opened once it is open again.
  const openedUntil = terms || hours.status === 'ended' ? until : (hours.openedUntil ?? at);
  await deps.hours.change(
    hours.id,
    (now) =>
      slotsOpened(now, {
        revision: hours.revision,
        until: openedUntil,
        lookAt: hours.status === 'ended' ? null : hoursAfter(at, terms ? aDay : anHour),
      }),
    cause,
  );
};

/** Opens these slots, the earlier ones first where two want the same time. Tells how many it opened or found open. */
const openMissing = async (
  deps: OpenAheadDeps,
  hours: KnownHours,
  terms: Terms,
  missing: readonly WantedSlot[],
  at: string,
): Promise<number> => {
  const cause = timeCause('hours-due', at);
  const host = terms.host.organisationId;
  let opened = 0;
  for (let from = 0; from < missing.length; from += reservedAtOnce) {
    const part = await Promise.all(
      missing.slice(from, from + reservedAtOnce).map(async (slot) => ({ slot, id: await reservationIdOf(deps, slot, at) })),
    );
    const asked = part.filter(({ slot }) => needsTime(neededBy(slot, terms))).map(({ slot, id }) => askedFor(slot, terms, id));
    const had = await reserveThoseThatFit(deps, host, asked, cause);
    const ready = part.filter(({ slot, id }) => had.has(id) || !needsTime(neededBy(slot, terms)));
    await inParts(ready, async ({ slot, id }) => {
      if (await openOne(deps, hours, terms, slot, had.has(id) ? id : undefined, at)) opened += 1;
    });
    await settle(deps, host, ...asked.filter(({ id }) => had.has(id)));
  }
  return opened;
};

/**
 * Replicas that look at the same time for a new slot ask under the same id; one under which it can never be opened any more is not taken again.
 * For one that reopens each asks for itself, and what it does not need is given back.
 */
const reservationIdOf = async ({ slots }: OpenAheadDeps, { slotId, there }: WantedSlot, at: string): Promise<string> => {
  if (there) return idFrom({ id: slotId }, `reopened/${at}`);
  const given = (await slots.find(slotId))?.abandonedReservations?.length ?? 0;
  return given === 0 ? slotId : idFrom({ id: slotId }, `again/${given}`);
};

const openOne = async (
  { slots, clock }: OpenAheadDeps,
  hours: KnownHours,
  terms: Terms,
  wanted: WantedSlot,
  reservationId: string | undefined,
  at: string,
): Promise<boolean> => {
  const { slotId, startsAt, endsAt, there } = wanted;
  const needed = neededBy(wanted, terms);
  const takes = needed === there?.terms ? {} : { takes: { needs: needed.needs ?? [], bufferMinutes: needed.bufferMinutes } };
  const cause = timeCause('hours-due', at);
  const change = there
    ? await slots.change(
        slotId,
        (slot) =>
          followHours(slot, {
            wanted: { capacity: hours.plan.capacity },
            inUse: 'keep',
            reason: hoursHaveChanged,
            ...(reservationId === undefined
              ? {}
              : { reserved: { reservationId, startsAt: there.startsAt, endsAt: there.endsAt } }),
            ...takes,
            at,
          }),
        cause,
      )
    : await slots.change(
        slotId,
        (slot) =>
          openSlot(slot, {
            ...{ slotId, terms, when: { startsAt, endsAt }, hoursId: hours.id, capacity: hours.plan.capacity },
            ...(reservationId === undefined ? {} : { reservationId }),
            by: terms.host.organisationId,
            at: clock(),
          }),
        cause,
      );
  return change.outcome === 'done' && change.state.status === 'open';
};

/** The number of places, where it is another one than the slots were told last. */
const placesIn = ({ placesChanged, plan: { capacity } }: KnownHours) => (placesChanged ? { capacity } : {});

/**
 * What nobody uses and the hours no longer have is closed, and its time is free at once for what they have now. One that the host gave another
 * time stands while there are hours: that these no longer have the time it came of, which may be past, says nothing of it. Without news only
 * what stood for somebody who has left since is closed, and what an earlier version left without saying so is marked; what the host itself offers
 * stays.
 */
const tellThoseThere = async (deps: TellDeps, hours: KnownHours, cut: readonly CutSlot[], at: string): Promise<void> => {
  const stillThere = new Set(cut.map((slot) => slotIdOf(hours.id, slot)));
  const reason = hours.inUse?.reason ?? (hours.status === 'ended' ? hours.reason : hoursHaveChanged);
  const isNews = hours.applied < hours.revision;
  const there = (await deps.slots.ofHours(hours.id, at)).filter(({ status }) => status === 'open');
  // Read after the slots: what hours do not have that are still the latest was not opened by newer ones.
  const now = await deps.hours.find(hours.id);
  // Hours that are not are told by whoever looks next: they would cancel what was booked under the newer ones.
  if (now === undefined || now.status === 'none' || now.revision !== hours.revision) return;
  const concerns = (slot: KnownSlot) => {
    if (stillThere.has(slot.id)) return isNews;
    if (hours.status === 'open' && isMovedByHand(hours.id, slot)) return false;
    return isNews || (!slot.offeredByHost && (slot.outsideHours === undefined || !isInUse(slot)));
  };
  const open = there.filter(concerns);
  const closed: KnownSlot[] = [];
  await inParts(open, async ({ id: slotId }) => {
    const wanted = stillThere.has(slotId) && placesIn(hours);
    const change = await deps.slots.change(
      slotId,
      (slot) =>
        // One that was closed meanwhile opens again only with what it needs: that is asked for where what is missing is opened.
        slot.status === 'closed' ? [] : followHours(slot, { wanted, inUse: hours.inUse?.what ?? 'keep', reason, at }),
      timeCause('hours-changed', at),
    );
    if (change.outcome === 'done' && change.state.status === 'closed') closed.push(change.state);
  });
  await settleThoseOf(deps, hours.host.organisationId, closed);
};

const inParts = async <Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> => {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
};

const hoursAfter = (at: string, hours: number): string =>
  Temporal.Instant.from(at).add({ hours }).toString({ fractionalSecondDigits: 3 });
