import { after, given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { changeHours, endHours } from './changeHours.ts';
import { evolve, type Hours, type HoursFact, noHours, type Plan } from './hours.ts';
import { openHours } from './openHours.ts';
import { mostSlotsAhead } from './outlook.ts';
import { slotsOpened } from './slotsOpened.ts';

const at = '2026-11-20T09:00:00.000Z';
const later = '2026-11-21T09:00:00.000Z';
const host = { organisationId: 'host', name: 'Demonstration Ltd' };
const window = { startsOn: '2026-11-23', from: '09:00', to: '12:00', rrule: 'FREQ=WEEKLY;BYDAY=MO', exdates: [], rdates: [] };
const plan: Plan = {
  timeZone: 'Africa/Kigali',
  windows: [window],
  blackouts: [],
  slotMinutes: 60,
  bufferMinutes: 0,
  capacity: 2,
};
const outlook = { slots: 24 };
const open = { hoursId: 'hours-1', environmentId: 'env-1', host, plan, outlook, by: 'host', at };
const { outlook: _, by: __, ...openedFact } = { type: 'HoursOpened' as const, ...open };

const which = (...facts: HoursFact[]): Hours => after<Hours, HoursFact>(noHours, evolve, [openedFact, ...facts]);
const told: HoursFact = {
  type: 'SlotsOpened',
  revision: 1,
  until: '2027-01-15T09:00:00.000Z',
  lookAt: '2026-11-21T09:00:00.000Z',
};
const ended: HoursFact = { type: 'HoursEnded', reason: 'We move', inUse: null, at: later };
const wider: Plan = { ...plan, windows: [{ ...window, to: '15:00' }] };
const inUse = { what: 'cancel' as const, reason: 'We move to a larger room' };
const change = { plan: wider, outlook, slotsInUse: 0, inUse: null, by: 'host', at: later };
const end = { reason: 'We move', slotsInUse: 0, inUse: null, by: 'host', at: later };

describe('opening hours', () => {
  it('are the host’s to open', () => {
    given(noHours).when(openHours, open).then(openedFact);
    given(noHours)
      .when(openHours, { ...open, by: 'other' })
      .thenRefused('not-the-host');
  });
  it('stay quiet when told again, open or ended', () => {
    for (const hours of [which(), which(ended)]) given(hours).when(openHours, open).thenNothing();
  });
  it('refuse hours that end before they start, or in which no slot fits', () => {
    const with_ = (from: string, to: string) => ({ ...open, plan: { ...plan, windows: [{ ...window, from, to }] } });
    given(noHours).when(openHours, with_('12:00', '09:00')).thenRefused('ends-before-it-starts');
    given(noHours).when(openHours, with_('09:00', '09:30')).thenRefused('no-slot-fits');
  });
  it('refuse a rule that is none, and more slots than anybody can look after', () => {
    given(noHours)
      .when(openHours, { ...open, outlook: { broken: 'BYSETPOS needs another part' } })
      .thenRefused('no-such-recurrence');
    given(noHours)
      .when(openHours, { ...open, outlook: { slots: mostSlotsAhead + 1 } })
      .thenRefused('too-many-slots');
    given(noHours)
      .when(openHours, { ...open, outlook: { slots: mostSlotsAhead } })
      .then(openedFact);
  });
  it('are looked at when opened, changed and ended', () => {
    expect(which()).toMatchObject({ status: 'open', lookAt: at, openedUntil: null, revision: 1, applied: 0 });
    expect(which(told)).toMatchObject({ lookAt: later, openedUntil: '2027-01-15T09:00:00.000Z', applied: 1 });
    expect(which(told, ended)).toMatchObject({ status: 'ended', lookAt: later, revision: 2, applied: 1 });
  });
});

describe('changing opening hours', () => {
  it('is the host’s', () => {
    given(which()).when(changeHours, change).then({ type: 'HoursChanged', plan: wider, inUse: null, at: later });
    given(which())
      .when(changeHours, { ...change, by: 'other' })
      .thenRefused('not-the-host');
    given(noHours).when(changeHours, change).thenRefused('no-such-hours');
  });
  it('stays quiet when nothing changes, and is too late once they ended', () => {
    given(which())
      .when(changeHours, { ...change, plan })
      .thenNothing();
    given(which(ended)).when(changeHours, change).thenRefused('hours-ended');
  });
  it('is refused while nothing is said of slots in use that fall away', () => {
    given(which())
      .when(changeHours, { ...change, slotsInUse: 1 })
      .thenRefused('slots-in-use');
    given(which())
      .when(changeHours, { ...change, slotsInUse: 1, inUse })
      .then({ type: 'HoursChanged', plan: wider, inUse, at: later });
  });
  it('is refused like opening them', () =>
    given(which())
      .when(changeHours, { ...change, outlook: { broken: 'none' } })
      .thenRefused('no-such-recurrence'));
  it('remembers, until the slots are told, that the number of places changed', () => {
    const fewer: HoursFact = { type: 'HoursChanged', plan: { ...plan, capacity: 1 }, inUse, at: later };
    const hours = which(told, fewer, { type: 'HoursChanged', plan: { ...wider, capacity: 1 }, inUse, at: later });
    expect(hours).toMatchObject({ placesChanged: true, revision: 3, inUse });
    expect(evolve(hours, { ...told, revision: 3 })).toMatchObject({ placesChanged: false, inUse: null, applied: 3 });
  });
});

describe('ending opening hours', () => {
  it('is the host’s, once', () => {
    given(which()).when(endHours, end).then(ended);
    given(which(ended)).when(endHours, end).thenNothing();
    given(noHours).when(endHours, end).thenRefused('no-such-hours');
    given(which())
      .when(endHours, { ...end, by: 'other' })
      .thenRefused('not-the-host');
  });
  it('is refused while nothing is said of slots in use', () => {
    given(which())
      .when(endHours, { ...end, slotsInUse: 2 })
      .thenRefused('slots-in-use');
    given(which())
      .when(endHours, { ...end, slotsInUse: 2, inUse })
      .then({ ...ended, inUse });
  });
});

describe('slots that were opened', () => {
  const opened = { revision: 1, until: '2027-01-15T09:00:00.000Z', lookAt: later };
  it('are noted', () => given(which()).when(slotsOpened, opened).then(told));
  it('are not noted of hours that changed meanwhile: their slots have still to be told', () => {
    given(which({ type: 'HoursChanged', plan: wider, inUse: null, at: later }))
      .when(slotsOpened, opened)
      .thenNothing();
    given(noHours).when(slotsOpened, opened).thenNothing();
  });
});

describe('facts of hours that are not there', () => {
  it('leave nothing', () => expect(evolve(noHours, told)).toBe(noHours));
});
