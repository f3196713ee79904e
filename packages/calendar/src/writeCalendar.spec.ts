import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenRules, readCalendar } from './rules.fixture.ts';
import { cancellationOf, feedOf, fileOf, type Invited, requestOf, uninvitationOf } from './writeCalendar.ts';

const person = (name: string, address: string) => ({ name, address });
const attendee = (name: string) => ({
  ...person(name, `${name}@example.test`),
  answer: 'accepted' as const,
  takes: 'required' as const,
});
const booking: Invited = {
  uid: 'booking-1@sandbox.umuhuza',
  sequence: 0,
  madeAt: '2026-11-20T09:00:00.000Z',
  createdAt: '2026-11-20T09:00:00.000Z',
  startsAt: '2026-11-23T07:00:00.000Z',
  endsAt: '2026-11-23T10:00:00.000Z',
  timeZone: 'Africa/Kigali',
  status: 'confirmed',
  summary: 'Mobile money room: Demonstration wallet',
  description: 'Host: Demonstration Ltd\nGuest: Demonstration GmbH',
  location: 'KG 7 Ave, Kigali',
  organiser: person('Demonstration Ltd', 'notifications@umuhuza.example'),
  attendees: [attendee('anna'), attendee('ben')],
};
const only = (text: string) => {
  expect(brokenRules(text)).toEqual([]);
  const read = readCalendar(text);
  const [event] = read.events;
  if (!event || read.events.length !== 1) throw new Error('one event was expected');
  return { ...read, event };
};

describe('the life of a booking in a calendar', () => {
  it('is one UID with SEQUENCE 0, 1, 2, 3 from the request over two new times to the cancellation', () => {
    const moved = { ...booking, sequence: 1, startsAt: '2026-11-24T07:00:00.000Z', endsAt: '2026-11-24T10:00:00.000Z' };
    const movedAgain = { ...moved, sequence: 2, startsAt: '2026-11-25T07:00:00.000Z', endsAt: '2026-11-25T10:00:00.000Z' };
    const life = [
      requestOf(booking),
      requestOf(moved),
      requestOf(movedAgain),
      cancellationOf({ ...movedAgain, sequence: 3 }),
    ].map(only);
    expect(life.map(({ method, event }) => [method, event.uid, event.sequence, event.status, event.startsAt])).toEqual([
      ['REQUEST', booking.uid, 0, 'CONFIRMED', '2026-11-23T07:00:00.000Z'],
      ['REQUEST', booking.uid, 1, 'CONFIRMED', '2026-11-24T07:00:00.000Z'],
      ['REQUEST', booking.uid, 2, 'CONFIRMED', '2026-11-25T07:00:00.000Z'],
      ['CANCEL', booking.uid, 3, 'CANCELLED', '2026-11-25T07:00:00.000Z'],
    ]);
    for (const { event } of life) {
      expect(event.organisers).toMatchObject([{ address: 'notifications@umuhuza.example', name: 'Demonstration Ltd' }]);
      expect(event.attendees.map(({ address }) => address)).toEqual(['anna@example.test', 'ben@example.test']);
    }
  });

  it('takes one attendee out without calling it off: no STATUS, and nobody else is named', () => {
    const [anna] = booking.attendees;
    const { method, event } = only(uninvitationOf({ ...booking, sequence: 1 }, anna ? [anna] : []));
    expect([method, event.status, event.sequence]).toEqual(['CANCEL', undefined, 1]);
    expect(event.attendees.map(({ address }) => address)).toEqual(['anna@example.test']);
  });

  it('is the same file for the same version', () => expect(requestOf(booking)).toBe(requestOf({ ...booking })));

  it('as a file to keep asks for nothing, and in a feed names no address', () => {
    const { attendees: _, organiser: __, ...plain } = booking;
    expect(only(fileOf(plain))).toMatchObject({ method: undefined });
    const feed = only(feedOf([plain], { name: 'Tests, all; of Demonstration\nGmbH', refreshMinutes: 60 }));
    expect(feed.method).toBe('PUBLISH');
    expect(feed.name).toBe('Tests all of Demonstration GmbH');
  });
});

describe('a time in a calendar', () => {
  const on = (timeZone: string, startsAt: string, endsAt: string) => only(fileOf({ ...booking, timeZone, startsAt, endsAt }));

  it('stands on the clock of its zone, which the file defines under the name that is used', () => {
    const kigali = on('Africa/Kigali', booking.startsAt, booking.endsAt);
    expect([kigali.event.tzid, kigali.zones]).toEqual(['Africa/Kigali', ['Africa/Kigali']]);
    const berlin = on('Europe/Berlin', booking.startsAt, booking.endsAt);
    expect([berlin.event.tzid, berlin.zones]).toEqual(['Europe/Berlin', ['Europe/Berlin']]);
  });

  it('is the same instant before and after Berlin changes its clocks', () => {
    for (const startsAt of [
      '2026-10-24T07:00:00.000Z',
      '2026-10-26T08:00:00.000Z',
      '2027-03-27T08:00:00.000Z',
      '2027-03-29T07:00:00.000Z',
    ]) {
      const endsAt = Temporal.Instant.from(startsAt).add({ hours: 2 }).toString({ fractionalSecondDigits: 3 });
      for (const zone of ['Europe/Berlin', 'Africa/Kigali'])
        expect(on(zone, startsAt, endsAt).event).toMatchObject({ tzid: zone, startsAt, endsAt });
    }
  });

  it('is in UTC where a wall clock tells two: in both of the hours that Berlin has twice in October', () => {
    for (const startsAt of ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']) {
      const { event, zones } = on('Europe/Berlin', startsAt, '2026-10-25T03:00:00.000Z');
      expect([event.tzid, zones, event.startsAt]).toEqual([undefined, [], startsAt]);
    }
  });

  it('reads back as the same two instants in any zone at any time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'Africa/Kigali'),
        fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 }),
        fc.integer({ min: 15, max: 600 }),
        (timeZone, minute, lasts) => {
          const at = (m: number) => new Date(m * 60_000).toISOString();
          const [startsAt, endsAt] = [at(minute), at(minute + lasts)];
          expect(on(timeZone, startsAt, endsAt).event).toMatchObject({ startsAt, endsAt });
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a text in a calendar', () => {
  it('comes back as it was, whatever it is made of', () => {
    const letters = fc.string({
      unit: fc.oneof(
        fc.constantFrom(',', ';', '\\', '"', ':', '^', '\n', ' ', 'ä', '支', '🇷🇼', 'n', 'END:VEVENT'),
        fc.string({ unit: 'grapheme', maxLength: 1 }),
      ),
      maxLength: 300,
    });
    const clean = letters.map((text) => text.replace(/[^\P{Cc}\n\t]/gu, '').replace(/[\u2028\u2029]/g, ' '));
    fc.assert(
      fc.property(clean, (text) => {
        const { event } = only(requestOf({ ...booking, summary: `s${text}`, description: `d${text}`, location: `l${text}` }));
        expect([event.summary, event.description, event.location]).toEqual([`s${text}`, `d${text}`, `l${text}`]);
      }),
      { numRuns: 300 },
    );
  });

  it('in a name can neither end the line nor add an attendee', () => {
    const name = 'A"\r\nATTENDEE:mailto:stranger@example.test\r\n;:,^';
    const { event } = only(requestOf({ ...booking, organiser: person(name, 'a@example.test'), attendees: [attendee('anna')] }));
    expect(event.attendees).toHaveLength(1);
  });
});
