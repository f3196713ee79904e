import { idFrom, timeCause } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { Logger } from 'pino';
import type { EnvironmentBook } from '../environmentBook.ts';
import type { CutSlot } from '../hours/cutIntoSlots.ts';
import type { KnownHours } from '../hours/hours.ts';
import { slotsOpened } from '../hours/slotsOpened.ts';
import type { HoursBook } from '../hoursBook.ts';
import { ahead, slotsOf } from '../recurrence.ts';
import { openReservedSlot, reserveFor, settle } from '../reservations.ts';
import type { ResourcesBook } from '../resourcesBook.ts';
import { followHours, hoursHaveChanged } from '../slot/followHours.ts';
import type { SlotBook } from '../slotBook.ts';
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

/** Hours are looked at once a day, and of a closed environment once an hour, until it is open again. */
const aDay = 24;
const anHour = 1;

/** One slot for its hours and its time, whoever opens it and however often: a second replica finds what the first one made. */
export const slotIdOf = (hoursId: string, { startsAt, endsAt }: CutSlot): string =>
  idFrom({ id: hoursId }, `${startsAt}/${endsAt}`);

/**
 * Opens the slots of the weeks ahead, and tells those that are there when their hours have changed. Each slot decides in its own write;
 * what is done twice, by a restart or by two replicas, changes nothing.
 */
export const openSlotsAheadOfHours = (deps: OpenAheadDeps) => async (): Promise<void> => {
  const failed: unknown[] = [];
  for (const hours of await deps.hours.due(deps.clock(), batch)) await lookAt(deps, hours).catch((error) => failed.push(error));
  // One that fails keeps no others from being looked at.
  if (failed.length > 0) throw failed[0];
};

const lookAt = async (deps: OpenAheadDeps, hours: KnownHours): Promise<void> => {
  const at = deps.clock();
  const cause = timeCause('hours-due', at);
  const until = ahead(at);
  const changed = hours.applied < hours.revision;
  const environment = await deps.environments.find(hours.environmentId);
  const terms = environment?.status === 'open' && hours.status === 'open' ? termsOf(environment) : undefined;
  const wanted = hours.status === 'open' ? slotsOf(hours.plan, at, until).slots : [];

  if (changed) await tellThoseThere(deps, hours, wanted, at);
  if (terms) {
    const missing = changed ? wanted : wanted.filter(({ startsAt }) => startsAt >= (hours.openedUntil ?? at));
    await inParts(missing, async (slot) => {
      const { capacity } = hours.plan;
      const change = await openReservedSlot(
        deps,
        { slotId: slotIdOf(hours.id, slot), terms, hoursId: hours.id, when: slot, capacity, by: terms.host.organisationId },
        cause,
      );
      if (change.outcome === 'refused')
        deps.logger.info({ hours: hours.id, slot, refused: change.refused }, 'a slot of these hours cannot be opened');
    });
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

const tellThoseThere = async (deps: OpenAheadDeps, hours: KnownHours, wanted: readonly CutSlot[], at: string) => {
  const stillThere = new Set(wanted.map((slot) => slotIdOf(hours.id, slot)));
  const reason = hours.inUse?.reason ?? (hours.status === 'ended' ? hours.reason : hoursHaveChanged);
  const capacity = hours.placesChanged ? { capacity: hours.plan.capacity } : {};
  await inParts(await deps.slots.ofHours(hours.id, at), async (there) => {
    const { id: slotId, terms, startsAt, endsAt } = there;
    const isWanted = stillThere.has(slotId);
    const cause = timeCause('hours-changed', at);
    const id = idFrom({ id: slotId }, `reopened/${at}`);
    const opensAgain = isWanted && there.status === 'closed' && there.byHours;
    const reserved = opensAgain ? await reserveFor(deps, { id, slotId, terms, when: { startsAt, endsAt } }, cause) : undefined;
    if (typeof reserved === 'object') {
      deps.logger.info(
        { hours: hours.id, slot: slotId, refused: reserved.refused },
        'a slot of these hours cannot be opened again',
      );
      return;
    }
    await deps.slots.change(
      slotId,
      (slot) =>
        followHours(slot, {
          wanted: isWanted && capacity,
          inUse: hours.inUse?.what ?? 'keep',
          reason,
          ...(reserved === undefined ? {} : { reservationId: reserved }),
          at,
        }),
      cause,
    );
    if (reserved !== undefined) await settle(deps, terms.host.organisationId, { id, slotId });
  });
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
