import ical, { ICalEventStatus } from 'ical-generator';
import type { Booking } from './slot/booking.ts';
import type { KnownSlot } from './slot/slot.ts';

const statuses = {
  requested: ICalEventStatus.TENTATIVE,
  confirmed: ICalEventStatus.CONFIRMED,
  completed: ICalEventStatus.CONFIRMED,
  'no-show': ICalEventStatus.CONFIRMED,
  declined: ICalEventStatus.CANCELLED,
  cancelled: ICalEventStatus.CANCELLED,
} as const satisfies Record<Booking['status'], ICalEventStatus>;

/**
 * The booking as one VEVENT (RFC 5545). Times are UTC, which every calendar shows on its reader's clock. There is no METHOD: this is a
 * file to keep, not an invitation (RFC 5546) that could be answered. DTSTAMP is the last change, so the same state is the same file.
 */
export const toCalendar = (slot: KnownSlot, booking: Booking): string => {
  const { terms } = slot;
  return ical({
    prodId: { company: 'Umuhuza', product: 'Sandbox', language: 'EN' },
    events: [
      {
        id: booking.uid,
        sequence: booking.sequence,
        stamp: new Date(booking.changedAt),
        created: new Date(booking.requestedAt),
        lastModified: new Date(booking.changedAt),
        start: new Date(slot.startsAt),
        end: new Date(slot.endsAt),
        status: statuses[booking.status],
        summary: `${terms.title}: ${booking.product.name}`,
        description: [`Host: ${nameOf(terms.host)}`, `Guest: ${nameOf(booking.guest)}`, booking.product.goals ?? '']
          .join('\n')
          .trim(),
        location: [terms.place.address, terms.place.city].filter(Boolean).join(', '),
      },
    ],
  }).toString();
};

const nameOf = ({ name, organisationId }: Booking['guest']): string => name ?? organisationId;
