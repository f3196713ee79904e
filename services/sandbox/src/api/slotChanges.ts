import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { CommandCause } from '@umuhuza/eventing/cause';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { isKeptFor, leftWith, settleAt, settleMove, stepOf } from '../moves.ts';
import { reserveFor, settle, settleThoseOf } from '../reservations.ts';
import { full } from '../resources/fitIn.ts';
import type { Refused as ResourcesRefused } from '../resources/refusals.ts';
import { keepPlaces } from '../slot/arriveFromSlot.ts';
import { formOf } from '../slot/booking.ts';
import { changeSlotTime } from '../slot/changeSlotTime.ts';
import { closeSlot } from '../slot/closeSlot.ts';
import { type Fate, undecided } from '../slot/fate.ts';
import { isHost } from '../slot/places.ts';
import { isRefused, type Refused } from '../slot/refusals.ts';
import { type KnownSlot, noSlot, type Slot, type SlotFact } from '../slot/slot.ts';
import { lacksTime, securedSlot } from '../standingSlots.ts';
import { toSlotView } from '../views.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';
import { seeingConflicts } from './seeingConflicts.ts';
import { leavingOnlySeen, whyNotThere } from './whyNotThere.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'closeSlot' | 'changeSlotTime'>;
type Prepared = { readonly fate: Fate | undefined; readonly target?: Slot };
type Said =
  | { readonly do: 'cancel' }
  | { readonly do: 'keep' }
  | { readonly do: 'move'; readonly to: string; readonly startsAt?: string | undefined };

/** What concerns a whole slot, and so the bookings in it. A change that touches other documents is made by the slot's own write. */
export const slotChangeRoutes = (deps: Deps): Routes => {
  const { slots, clock } = deps;

  /** Where the bookings are to move, places are kept for all of them first, or for none; `target` is the slot that keeps them. */
  const prepare = async (slot: KnownSlot, said: Said | undefined, cause: CommandCause): Promise<Prepared | Refused> => {
    if (said?.do !== 'move') return { fate: said };
    const moveId = idFrom(cause, `moves/${slot.id}`);
    const { to, startsAt } = said;
    const moving = undecided(slot).map((booking) => ({
      ...formOf(booking),
      bookingId: booking.id,
      guest: booking.guest.organisationId,
    }));
    const nothing: Prepared = { fate: { do: 'move', to, moveId, bookings: [] } };
    if (moving.length === 0) return nothing;
    const { environmentId } = slot.terms;
    const target = await slots.find(to);
    const by = slot.terms.host.organisationId;
    const there = target && (await whyNotThere(deps, { from: slot, to: target, moving: undecided(slot), by, isGivenUp: true }));
    if (there) return there;
    const kept = await slots.change(
      to,
      (target) => {
        const at = clock();
        return keepPlaces(target, {
          moveId,
          from: slot.id,
          environmentId,
          bookings: moving,
          startsAt,
          settleAt: settleAt(at),
          at,
        });
      },
      stepOf(cause, 'keep'),
    );
    if (kept.outcome === 'refused')
      return { refused: kept.refused, ...(kept.detail === undefined ? {} : { detail: kept.detail }) };
    // A request that comes again when its move is long over finds no places kept: then nothing leaves.
    if (kept.outcome !== 'done' || !isKeptFor(kept.state, moveId, slot.id)) return nothing;
    const bookings = moving.map(({ bookingId, guest }) => ({ bookingId, guest }));
    return { fate: { do: 'move', to, moveId, bookings }, target: kept.state };
  };

  /** The slot's own write, by which its bookings leave; where they go is looked at once more, for by now a place is kept there. */
  const changeSeeing = (
    slotId: string,
    { target = noSlot }: Prepared,
    by: string,
    cause: CommandCause,
    decide: (slot: Slot) => readonly SlotFact[] | Refused,
  ) =>
    seeingConflicts(
      deps,
      (see) =>
        slots.change(slotId, (from) => leavingOnlySeen(see, { from, to: target, by }, decide(from)), cause, shown(by, clock)),
      slotId,
    );

  /** Bookings that left arrive; places for bookings that did not leave are let go. */
  const finish = async (slotId: string, fate: Fate | undefined) => {
    if (fate?.do !== 'move') return;
    const left = leftWith((await slots.find(slotId)) ?? { status: 'none' }, fate.moveId);
    if (fate.bookings.length + left.length > 0) await settleMove(deps, { moveId: fate.moveId, from: slotId, to: fate.to });
  };

  return {
    closeSlot: async ({ params, body: { reason, bookings }, req }) => {
      const { organisation: by } = memberOf(req);
      const cause = causeOf(req, clock);
      const slot = await slots.find(params.id);
      if (slot === undefined || slot.status === 'none') return refuse(req, 'no-such-slot');
      if (!isHost(slot, by)) return refuse(req, 'not-the-host');
      const prepared = await prepare(slot, bookings, cause);
      if (isRefused(prepared)) return answer(req, await slots.change(slot.id, () => prepared, cause, shown(by, clock)));
      const { fate } = prepared;
      const change = await changeSeeing(slot.id, prepared, by, cause, (now) =>
        closeSlot(now, { reason, bookings: fate, by, at: clock() }),
      );
      await finish(slot.id, fate);
      return answer(req, change);
    },
    changeSlotTime: async ({ params, body: { reason, bookings, ...times }, req }) => {
      const { organisation: by } = memberOf(req);
      const cause = causeOf(req, clock);
      const found = await slots.find(params.id);
      if (found === undefined || found.status === 'none') return refuse(req, 'no-such-slot');
      if (!isHost(found, by)) return refuse(req, 'not-the-host');
      /** Remembered by the slot, which tells a request that comes again what it was told first. */
      const no = async (why: Refused | ResourcesRefused) =>
        answer(req, await slots.change(found.id, () => why, cause, shown(by, clock)));
      // Before anything is reserved there, what stands there has its time.
      const slot = await securedSlot(deps, found);
      const { terms } = slot;
      const when = 'date' in times ? { ...times, timeZone: times.timeZone ?? terms.timeZone } : times;
      const asked = { when, reason, by };
      // What the rules refuse anyway takes nobody's place or time meanwhile; of the bookings they judge when those are known.
      const foreseen = changeSlotTime(slot, { ...asked, bookings: { do: 'keep' }, at: clock() });
      if ('refused' in foreseen) return no(foreseen);
      if (await lacksTime(deps, slot)) return no(full);

      const prepared = await prepare(slot, bookings, cause);
      if (isRefused(prepared)) return no(prepared);
      const { fate } = prepared;
      const id = idFrom(cause, `time/${slot.id}`);
      const reservationId = await reserveFor(deps, { id, slotId: slot.id, terms, when }, cause);
      if (typeof reservationId === 'object') {
        await finish(slot.id, fate);
        return no(reservationId);
      }
      const reserved = reservationId === undefined ? {} : { reservationId };
      const change = await changeSeeing(slot.id, prepared, by, cause, (now) =>
        changeSlotTime(now, { ...asked, ...reserved, bookings: fate, at: clock() }),
      );
      await finish(slot.id, fate);
      if (reservationId !== undefined) {
        await settle(deps, by, { id: reservationId, slotId: slot.id });
        if (change.outcome === 'done') await settleThoseOf(deps, by, [change.state as KnownSlot]);
      }
      return answer(req, change);
    },
  };
};

export const shown = (reader: string, clock: Deps['clock']) => (slot: Slot) => ({
  status: 200 as const,
  body: toSlotView(slot as KnownSlot, reader, clock()),
});
