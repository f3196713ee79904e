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
import { toBookingView, toEntryView } from '../views.ts';
import { bookingIn, uidOf } from './bookings.ts';
import type { Deps } from './deps.ts';
import { formFrom } from './form.ts';
import { answer, refuse } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'joinWaitlist' | 'acceptOffer' | 'declineOffer'>;

export const waitlistRoutes = ({ slots, organisations, fairUse, clock }: Deps): Routes => ({
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
          return no ?? joinWaitlist(slot, { entryId, guest, ...formFrom(slot, body, user, at), at });
        },
        cause,
        (slot) => ({ status: 201 as const, body: toEntryView(slot as KnownSlot, entryIn(slot, entryId)) }),
      ),
    );
    return answer(req, change);
  },
  acceptOffer: async ({ params: { entryId }, req }) => {
    const { organisation } = memberOf(req);
    const found = await slots.ofEntry(entryId);
    if (!found) return refuse(req, 'no-such-entry');
    const cause = causeOf(req, clock);
    const bookingId = idFrom(cause, `booking/${found.id}`);
    const change = await fairUse.within('openBookings', organisation, clock(), (no) =>
      slots.change(
        found.id,
        (slot) => no ?? acceptOffer(slot, { entryId, bookingId, uid: uidOf(bookingId), by: organisation, at: clock() }),
        cause,
        (slot) => {
          const entry = entryIn(slot, entryId);
          const booking = bookingIn(slot, entry.status === 'accepted' ? entry.bookingId : bookingId);
          return { status: 200 as const, body: toBookingView(slot as KnownSlot, booking, organisation) };
        },
      ),
    );
    return answer(req, change);
  },
  declineOffer: async ({ params: { entryId }, req }) => {
    const { organisation } = memberOf(req);
    const found = await slots.ofEntry(entryId);
    if (!found) return refuse(req, 'no-such-entry');
    const change = await slots.change(
      found.id,
      (slot) => declineOffer(slot, { entryId, by: organisation, at: clock() }),
      causeOf(req, clock),
      (slot) => ({ status: 200 as const, body: toEntryView(slot as KnownSlot, entryIn(slot, entryId)) }),
    );
    return answer(req, change);
  },
});

const entryIn = (slot: Slot, entryId: string): Entry => {
  const entry = slot.status === 'none' ? undefined : slot.waitlist.find(({ id }) => id === entryId);
  if (!entry) throw new Error(`the slot lost its waitlist entry ${entryId}`);
  return entry;
};
