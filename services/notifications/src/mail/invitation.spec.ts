import { brokenRules, readCalendar } from '@umuhuza/calendar/rules.fixture';
import type { EventData } from '@umuhuza/contracts/catalogue';
import { sandboxEvents } from '@umuhuza/contracts/sandbox/events';
import { describe, expect, it } from 'vitest';
import { sandboxTell } from '../tell/sandbox.ts';
import type { Told, ToTell, ToTellAddressee } from '../told.ts';
import { invitationOf } from './invitation.ts';

const at = '2026-11-20T09:00:00.000Z';
const organiser = 'notifications@umuhuza.example';
const reader = { name: 'Demonstration Member', address: 'member@demonstration.example' };
const testers = ['anna', 'ben'].map((name) => ({ testerId: name, name, email: `${name}@demonstration.example` }));

type Name = keyof typeof sandboxTell;
type Rows = { readonly tell: readonly ToTell[]; readonly write?: readonly ToTellAddressee[] };
const rowsOf = <N extends Name>(name: N, more: object): Rows => {
  const [, event] = name.split('.') as [string, keyof typeof sandboxEvents];
  const data = { ...(sandboxEvents[event].example as object), ...more } as EventData<N>;
  return (sandboxTell[name] as unknown as (data: EventData<N>) => Rows)(data);
};
/** What the guest’s, the host’s and each tester’s calendar gets, read by a parser that is not the writer’s. */
const calendars = (name: Name, more: object = {}) => {
  const { tell, write = [] } = rowsOf(name, more);
  const read = (told: Told, who: { name: string; address: string }) => {
    const invitation = invitationOf(told, { reader: who, language: 'en', organiser, at });
    if (!invitation) return undefined;
    expect(brokenRules(invitation.content)).toEqual([]);
    const { method, events } = readCalendar(invitation.content);
    expect(method).toBe(invitation.method);
    const [event] = events;
    if (!event || events.length !== 1) throw new Error('one event was expected');
    expect(event.organisers).toMatchObject([{ address: organiser }]);
    return { method, ...event, attendees: event.attendees.map(({ address }) => address) };
  };
  return {
    firms: tell.map(({ to, ...row }) => [to, read({ ...row, other: null } as Told, reader)] as const),
    testers: write.map((row) => [row.addressee.id, read({ ...row, link: '/' } as Told, row.addressee)] as const),
  };
};
const shortly = (one: ReturnType<typeof calendars>['firms'][number][1]) =>
  one && [one.method, one.sequence, one.status, one.startsAt];

describe('a booking in the calendars of both firms and of the testers', () => {
  it('is one UID with a rising SEQUENCE from the request over two new times to the cancellation', () => {
    const times = (day: number) => ({ startsAt: `2026-11-${day}T07:00:00.000Z`, endsAt: `2026-11-${day}T10:00:00.000Z` });
    const life = [
      calendars('sandbox.BookingConfirmed', { sequence: 0, ...times(23), testers }),
      calendars('sandbox.BookingRescheduled', { sequence: 1, ...times(24), testers }),
      calendars('sandbox.BookingRescheduled', { sequence: 2, ...times(25), testers }),
      calendars('sandbox.BookingCancelled', { sequence: 3, ...times(25), testers }),
    ];
    const expected = [
      ['REQUEST', 0, 'CONFIRMED', '2026-11-23T07:00:00.000Z'],
      ['REQUEST', 1, 'CONFIRMED', '2026-11-24T07:00:00.000Z'],
      ['REQUEST', 2, 'CONFIRMED', '2026-11-25T07:00:00.000Z'],
      ['CANCEL', 3, 'CANCELLED', '2026-11-25T07:00:00.000Z'],
    ];
    for (const [n, { firms, testers: invited }] of life.entries()) {
      expect(firms).toHaveLength(2);
      expect(invited).toHaveLength(2);
      for (const [, one] of [...firms, ...invited]) expect(shortly(one)).toEqual(expected[n]);
    }
    const uids = life.flatMap(({ firms, testers: invited }) => [...firms, ...invited].map(([, one]) => one?.uid));
    expect(new Set(uids).size).toBe(1);
  });

  it('is tentative for both while the host has still to answer, and certain once it has', () => {
    const requested = (confirmation: string) =>
      calendars('sandbox.BookingRequested', { confirmation }).firms.map(([to, one]) => [to, one?.method, one?.status]);
    expect(requested('by-hand')).toEqual([
      ['org-kigali-1', 'REQUEST', 'TENTATIVE'],
      ['org-berlin-1', 'REQUEST', 'TENTATIVE'],
    ]);
    expect(requested('automatic')).toEqual([['org-kigali-1', 'REQUEST', 'CONFIRMED']]);
    expect(calendars('sandbox.BookingConfirmed').firms.map(([to, one]) => [to, one?.status])).toEqual([
      ['org-berlin-1', 'CONFIRMED'],
      ['org-kigali-1', 'CONFIRMED'],
    ]);
  });

  it('leaves every calendar it came into, whoever ends it: the host that declines, or the start that nobody answered before', () => {
    const came = calendars('sandbox.BookingRequested', { sequence: 0 }).firms;
    for (const by of ['host', 'platform']) {
      const { firms, testers: invited } = calendars('sandbox.BookingDeclined', { by, sequence: 1, testers });
      expect(firms.map(([to]) => to).toSorted()).toEqual(came.map(([to]) => to).toSorted());
      for (const [, one] of [...firms, ...invited]) {
        expect(one).toMatchObject({ method: 'CANCEL', status: 'CANCELLED', sequence: 1 });
        expect(one?.uid).toBe(came[0]?.[1]?.uid);
      }
    }
  });

  it('goes on without a tester who is taken out: CANCEL without STATUS to that one, a higher REQUEST to the firms', () => {
    const [anna, ben] = testers;
    const removed = calendars('sandbox.TesterRemoved', { sequence: 5, tester: anna, testers: [ben] });
    expect(removed.testers.map(([id, one]) => [id, one?.method, one?.status, one?.sequence, one?.attendees])).toEqual([
      ['anna', 'CANCEL', undefined, 5, ['anna@demonstration.example']],
    ]);
    expect(removed.firms.map(([to, one]) => [to, one?.method, one?.sequence, one?.attendees])).toEqual([
      ['org-berlin-1', 'REQUEST', 5, [reader.address, 'ben@demonstration.example']],
      ['org-kigali-1', 'REQUEST', 5, [reader.address]],
    ]);
  });

  it('names no tester to another tester', () => {
    for (const name of ['sandbox.BookingRescheduled', 'sandbox.BookingCancelled', 'sandbox.BookingConfirmed'] as const)
      for (const [id, one] of calendars(name, { testers }).testers)
        expect(one?.attendees).toEqual([`${id}@demonstration.example`]);
  });

  it('is not touched by what changes no time and no person', () => {
    for (const name of ['sandbox.BookingCompleted', 'sandbox.GuestDidNotShow', 'sandbox.PlaceOffered'] as const)
      for (const [, one] of calendars(name).firms) expect(one).toBeUndefined();
  });

  it('of news that an earlier version stored without it is none', () => {
    const [row] = rowsOf('sandbox.BookingConfirmed', {}).tell;
    const { calendar: _, ...data } = (row as ToTell<'booking-confirmed'>).data;
    expect(
      invitationOf({ ...row, data, other: null } as unknown as Told, { reader, language: 'en', organiser, at }),
    ).toBeUndefined();
  });

  it('says who is who in the reader’s language', () => {
    const [row] = rowsOf('sandbox.BookingConfirmed', {}).tell;
    const said = (language: 'en' | 'de') => {
      const invitation = invitationOf({ ...row, other: null } as Told, { reader, language, organiser, at });
      return readCalendar(invitation?.content ?? '')
        .events[0]?.description?.split('\n')
        .slice(0, 2);
    };
    expect(said('en')).toEqual([expect.stringMatching(/^Host: /), expect.stringMatching(/^Guest: /)]);
    expect(said('de')).toEqual([expect.stringMatching(/^Gastgeber: /), expect.stringMatching(/^Gast: /)]);
  });
});
