import { describe, expect, it } from 'vitest';
import { lastingForm } from './comparing.ts';

const type = 'umuhuza.sandbox.BookingRescheduled.v1';
const said = (id: string, causationid: string, to = 'slot-2') => ({
  _id: id,
  envelope: { id, type, causationid, correlationid: `c-${id}`, data: { bookingId: 'booking', to } },
});
const byRequest = said('event-1', 'command');
const byTimer = said('event-2', 'move-settled:2026-11-26T05:40:00.000Z');

describe('two runs of the same story', () => {
  it('are alike where an event may be said by either cause, and only in what it has from that', () => {
    const likeness = { eitherCause: [type] };
    expect(lastingForm(byTimer, likeness)).toEqual(lastingForm(byRequest, likeness));
    expect(lastingForm(said('event-2', 'other', 'slot-3'), likeness)).not.toEqual(lastingForm(byRequest, likeness));
    expect(lastingForm(byTimer)).not.toEqual(lastingForm(byRequest));
  });
});
