import { after, given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import {
  dueLeads,
  endReminder,
  evolve,
  hasMovedOn,
  type Lead,
  nextDue,
  noReminder,
  type Reminder,
  type ReminderFact,
  reminded,
  setReminder,
  stillTrue,
} from './reminder.ts';

type B = string;
const startsAt = '2026-11-25T07:00:00.000Z';
const endsAt = '2026-11-25T10:00:00.000Z';
const dayAfter = '2026-11-26T10:00:00.000Z';
const moved = '2026-11-27T07:00:00.000Z';
const movedEnd = '2026-11-27T10:00:00.000Z';
const early = '2026-11-20T09:00:00.000Z';
const dayBefore = '2026-11-24T07:00:00.000Z';
const hourBefore = '2026-11-25T06:00:00.000Z';
const set = (sequence: number, start = startsAt, left: readonly Lead[] = ['day', 'hour', 'report']): ReminderFact<B> => ({
  type: 'ReminderSet',
  sequence,
  startsAt: start,
  endsAt: start === moved ? movedEnd : endsAt,
  booking: 'b1',
  left,
});
const over = (sequence: number): ReminderFact<B> => ({ type: 'ReminderOver', sequence });
const which = (...facts: ReminderFact<B>[]): Reminder<B> => after<Reminder<B>, ReminderFact<B>>(noReminder, evolve, facts);
const told: ReminderFact<B> = { type: 'Reminded', leads: ['day'] };
const command = (sequence: number, more: object = {}) => ({ sequence, startsAt, endsAt, booking: 'b1', at: early, ...more });

describe('reminders of a booking', () => {
  it('are set for a day and an hour before', () => {
    given(which())
      .when(setReminder<B>, command(1))
      .then(set(1));
    expect(nextDue(which(set(1)))).toBe(dayBefore);
  });
  it('leave out what is past already: who books for this afternoon is reminded an hour before', () => {
    given(which())
      .when(setReminder<B>, command(1, { at: dayBefore }))
      .then(set(1, startsAt, ['hour', 'report']));
    given(which())
      .when(setReminder<B>, command(1, { at: hourBefore }))
      .then(set(1, startsAt, ['report']));
    expect(nextDue(which(set(1, startsAt, [])))).toBeUndefined();
  });
  it('move with it, and come anew for the new time', () => {
    given(which(set(1), told))
      .when(setReminder<B>, command(2, { startsAt: moved, endsAt: movedEnd, at: hourBefore }))
      .then(set(2, moved));
    given(which(set(1), told))
      .when(setReminder<B>, command(2))
      .then(set(2, startsAt, ['hour', 'report']));
  });
  it('die with it', () => {
    given(which(set(1)))
      .when(endReminder<B>, { sequence: 2 })
      .then(over(2));
    expect(dueLeads(which(set(1), over(2)), hourBefore)).toEqual({ due: [], tell: undefined });
    expect(nextDue(which(set(1), over(2)))).toBeUndefined();
  });
  it('stay as they are when something older comes late, in whatever order', () => {
    for (const reminder of [which(set(2)), which(over(2))]) {
      given(reminder)
        .when(setReminder<B>, command(1))
        .thenNothing();
      given(reminder)
        .when(setReminder<B>, command(2))
        .thenNothing();
      given(reminder)
        .when(endReminder<B>, { sequence: 2 })
        .thenNothing();
    }
    given(which())
      .when(endReminder<B>, { sequence: 2 })
      .then(over(2));
  });
  it('are due at their time, not before', () => {
    const before = '2026-11-24T06:59:59.999Z';
    expect(dueLeads(which(set(1)), before)).toEqual({ due: [], tell: undefined });
    expect(dueLeads(which(set(1)), dayBefore)).toEqual({ due: ['day'], tell: 'day' });
    expect(dueLeads(which(set(1), told), hourBefore)).toEqual({ due: ['hour'], tell: 'hour' });
  });
  it('that fell due while nobody looked are one, and none once it has begun', () => {
    expect(dueLeads(which(set(1)), hourBefore)).toEqual({ due: ['day', 'hour'], tell: 'hour' });
    expect(dueLeads(which(set(1)), startsAt)).toEqual({ due: ['day', 'hour'], tell: undefined });
  });
  it('ask the host a day after the end how it went, as long as it has not said so', () => {
    const left = which(set(1, startsAt, ['report']));
    expect(nextDue(left)).toBe(dayAfter);
    expect(dueLeads(left, '2026-11-26T09:59:59.999Z')).toEqual({ due: [], tell: undefined });
    expect(dueLeads(left, dayAfter)).toEqual({ due: ['report'], tell: 'report' });
    expect(dueLeads(which(set(1)), dayAfter)).toEqual({ due: ['day', 'hour', 'report'], tell: 'report' });
    expect(dueLeads(which(set(1), over(2)), dayAfter)).toEqual({ due: [], tell: undefined });
  });
  it('are noted once, and not for a time that has changed meanwhile', () => {
    given(which(set(1)))
      .when(reminded<B>, { sequence: 1, due: ['day'] })
      .then(told);
    given(which(set(2, moved)))
      .when(reminded<B>, { sequence: 1, due: ['day'] })
      .thenNothing();
    given(which(set(1)))
      .when(reminded<B>, { sequence: 1, due: [] })
      .thenNothing();
    for (const reminder of [which(), which(over(1))])
      given(reminder)
        .when(reminded<B>, { sequence: 1, due: ['day'] })
        .thenNothing();
    expect(evolve(which(over(1)), told)).toEqual(which(over(1)));
  });
  it('that waited on their way are sent while they are true', () => {
    expect(stillTrue(which(set(1)), { startsAt, lead: 'day', at: hourBefore })).toBe(true);
    expect(stillTrue(which(set(1)), { startsAt, lead: 'day', at: startsAt })).toBe(false);
    expect(stillTrue(which(set(2, moved)), { startsAt, lead: 'day', at: hourBefore })).toBe(false);
    expect(stillTrue(which(set(1)), { startsAt, lead: 'report', at: dayAfter })).toBe(true);
    expect(stillTrue(which(over(2)), { startsAt, lead: 'report', at: dayAfter })).toBe(false);
    expect(stillTrue(which(over(2)), { startsAt, lead: 'day', at: hourBefore })).toBe(false);
  });
  it('know whether an invitation that waited was overtaken by the end or another time, not by a word about the same time', () => {
    const invited = { sequence: 1, startsAt };
    expect(hasMovedOn(which(over(2)), invited)).toBe(true);
    expect(hasMovedOn(which(set(2, moved)), invited)).toBe(true);
    expect(hasMovedOn(which(set(2)), invited)).toBe(false);
    expect(hasMovedOn(which(over(1)), invited)).toBe(false);
    expect(hasMovedOn(which(over(1)), { sequence: 2, startsAt: moved })).toBe(false);
    expect(hasMovedOn<B>(noReminder, invited)).toBe(false);
  });
});
