import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { acceptOffer } from '../slot/acceptOffer.ts';
import { declineOffer } from '../slot/declineOffer.ts';
import { joinWaitlist } from '../slot/joinWaitlist.ts';
import type { KnownSlot, Slot } from '../slot/slot.ts';
import type { Entry } from '../slot/waitlist.ts';
import { toEntryView } from '../views.ts';
import { uidOf } from './bookings.ts';
import type { Deps } from './deps.ts';
import { formFrom } from './form.ts';
import { answerWithBooking, viewIn } from './ofBooking.ts';
import { answer, refuse } from './problems.ts';
import { confirmedOnlySeen, seeingConflicts, toConflict } from './seeingConflicts.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'joinWaitlist' | 'acceptOffer' | 'declineOffer'>;

export const waitlistRoutes = (deps: Deps): Routes => {
  const { slots, organisations, fairUse, clock } = deps;

  /** The slot in which this company has that entry. To all others it does not exist, whatever else they would be told. */
  const ownEntry = async (entryId: string, organisation: string): Promise<KnownSlot | undefined> => {
    const found = await slots.ofEntry(entryId);
    return found && entryIn(found, entryId).guest.organisationId === organisation ? found : undefined;
  };

  return {
    joinWaitlist: async ({ params, body, req }) => {
      const { organisation, user } = memberOf(req);
      const cause = causeOf(req, clock);
      const entryId = idFrom(cause, `entry/${params.id}`);
      const guest = { organisationId: organisation, name: await organisations.nameOf(organisation) };
      const change = await fairUse.within('waiting', organisation, clock(), (no) =>
        slots.change(
          params.id,
          (slot) => {
            const at = clock();
            return no ?? joinWaitlist(slot, { entryId, guest, ...formFrom(slot, body, user, at), startsAt: body.startsAt, at });
          },
          cause,
          (slot) => ({ status: 201 as const, body: toEntryView(slot as KnownSlot, entryIn(slot, entryId)) }),
        ),
      );
      return answer(req, change);
    },
    acceptOffer: async ({ params: { entryId }, body, req }) => {
      const { organisation } = memberOf(req);
      const found = await ownEntry(entryId, organisation);
      if (!found) return refuse(req, 'no-such-entry');
      const cause = causeOf(req, clock);
      const bookingId = idFrom(cause, `booking/${found.id}`);
      const change = await fairUse.within('openBookings', organisation, clock(), (no) =>
        seeingConflicts(deps, (see) =>
          slots.change(
            found.id,
            (slot) =>
              no ??
              confirmedOnlySeen(see, slot, (obstacle) =>
                acceptOffer(slot, {
                  ...{ entryId, bookingId, uid: uidOf(bookingId), by: organisation },
                  inConflict: obstacle && toConflict(obstacle),
                  startsAt: body?.startsAt,
                  at: clock(),
                }),
              ),
            cause,
            (slot) => ({ status: 200 as const, body: viewIn(slot, bookingOf(slot, entryId) ?? bookingId, organisation) }),
          ),
        ),
      );
      const accepted = 'state' in change ? bookingOf(change.state, entryId) : undefined;
      return answerWithBooking(deps, req, accepted ?? bookingId, change);
    },
    declineOffer: async ({ params: { entryId }, req }) => {
      const { organisation } = memberOf(req);
      const found = await ownEntry(entryId, organisation);
      if (!found) return refuse(req, 'no-such-entry');
      const change = await slots.change(
        found.id,
        (slot) => declineOffer(slot, { entryId, by: organisation, at: clock() }),
        causeOf(req, clock),
        (slot) => ({ status: 200 as const, body: toEntryView(slot as KnownSlot, entryIn(slot, entryId)) }),
      );
      return answer(req, change);
    },
  };
};

/** The booking that came of an offer, by whichever request it was accepted. */
const bookingOf = (slot: Slot, entryId: string): string | undefined => {
  const entry = entryIn(slot, entryId);
  return entry.status === 'accepted' ? entry.bookingId : undefined;
};

const entryIn = (slot: Slot, entryId: string): Entry => {
  const entry = slot.status === 'none' ? undefined : slot.waitlist.find(({ id }) => id === entryId);
  if (!entry) throw new Error(`the slot lost its waitlist entry ${entryId}`);
  return entry;
};
