import type { HoursPreview } from '@umuhuza/contracts/sandbox/hoursSchemas';
import type { Plan } from './hours/hours.ts';
import { ahead, slotsOf } from './recurrence.ts';
import { needsTime } from './reservations.ts';
import { type Fit, fitIn } from './resources/fitIn.ts';
import { type HostResources, nothingReserved } from './resources/resources.ts';
import type { ResourcesBook } from './resourcesBook.ts';
import { isInUse } from './slot/followHours.ts';
import { hasBegun } from './slot/places.ts';
import type { KnownSlot, Terms } from './slot/slot.ts';
import type { SlotBook } from './slotBook.ts';
import { askedFor, isMissing, isMovedByHand, neededBy, type WantedSlot, wantedSlots } from './slotsOfHours.ts';

type Deps = { readonly slots: Pick<SlotBook, 'ofHours' | 'known'>; readonly resources: Pick<ResourcesBook, 'find'> };

/** Hours that are looked at: under their id where they are there already. */
export type Foreseen = { readonly hoursId: string | undefined; readonly plan: Plan; readonly terms: Terms; readonly at: string };

/**
 * What hours open in the weeks ahead and what they do not, and why: reckoned in the order in which the slots are opened, with the clocks, the
 * resources, the buffer and all other slots of the host. It changes nothing, so until they are opened others may come first.
 */
export const foreseeHours = async ({ slots, resources }: Deps, { hoursId, plan, terms, at }: Foreseen): Promise<HoursPreview> => {
  const until = ahead(at);
  const { slots: cut, skipped } = slotsOf(plan, at, until);
  const there = hoursId === undefined ? [] : await slots.ofHours(hoursId, at);
  const wanted = await wantedSlots(slots, hoursId ?? 'new', cut, there);
  const missing = wanted.filter((one) => isMissing(one, at));
  const calendar = (await resources.find(terms.host.organisationId)) ?? nothingReserved;
  const asked = missing.filter((one) => needsTime(neededBy(one, terms))).map((one) => askedFor(one, terms, one.slotId));
  const fits = new Map(
    fitIn(without(calendar, fallingAway(hoursId, there, wanted)), asked, at, at).map((fit) => [fit.asked.slotId, fit]),
  );
  const opened = wanted.filter((one) =>
    isMissing(one, at) ? fits.get(one.slotId)?.is !== 'in-the-way' : one.there?.status === 'open' && !hasBegun(one.there, at),
  );
  return {
    slots: opened.map(({ there: known, startsAt, endsAt }) => ({
      startsAt: known?.startsAt ?? startsAt,
      endsAt: known?.endsAt ?? endsAt,
    })),
    skipped: [...skipped, ...[...fits.values()].flatMap((fit) => notOpened(fit, plan.timeZone))].toSorted((one, other) =>
      `${one.date} ${one.from}` < `${other.date} ${other.from}` ? -1 : 1,
    ),
    until,
  };
};

/** Slots of these hours that nobody uses, at their own time, and that this plan no longer has: they close first. */
const fallingAway = (
  hoursId: string | undefined,
  there: readonly KnownSlot[],
  wanted: readonly WantedSlot[],
): ReadonlySet<string> => {
  const stays = new Set(wanted.map(({ slotId }) => slotId));
  const falls = (slot: KnownSlot) => hoursId !== undefined && !isMovedByHand(hoursId, slot) && !isInUse(slot);
  return new Set(there.filter((slot) => !stays.has(slot.id) && falls(slot)).map(({ id }) => id));
};

const without = (calendar: HostResources, slots: ReadonlySet<string>): HostResources => ({
  ...calendar,
  reservations: calendar.reservations.filter(({ slotId }) => !slots.has(slotId)),
});

const notOpened = (fit: Fit, timeZone: string): HoursPreview['skipped'] => {
  if (fit.is !== 'in-the-way') return [];
  const { asked, obstacle } = fit;
  const shown = (instant: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  const timeOf = (instant: string) => shown(instant).toPlainTime().toString({ smallestUnit: 'minute' });
  const { refused, resource, freeAt } = obstacle;
  return [
    {
      date: shown(asked.startsAt).toPlainDate().toString(),
      from: timeOf(asked.startsAt),
      to: timeOf(asked.endsAt),
      because: refused,
      ...(resource === undefined ? {} : { resource }),
      ...(freeAt === undefined ? {} : { freeAt }),
    },
  ];
};
