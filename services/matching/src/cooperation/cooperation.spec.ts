import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { type Cooperation, type CooperationFact, evolve, noCooperation } from './cooperation.ts';
import { isUnheardOf, loseLot } from './loseLot.ts';
import { startCooperation } from './startCooperation.ts';

const start = {
  cooperationId: 'c-1',
  organisations: [
    { organisationId: 'bremen-1', name: 'Demonstration Maschinenbau', country: 'DE' },
    { organisationId: 'kigali-1', name: 'Demonstration Software Kigali', country: 'RW' },
  ],
  origin: { kind: 'award', id: 'tender-1' },
  title: 'A portal',
  at: '2026-11-23T12:00:00.000Z',
} as const;

describe('a cooperation', () => {
  it('begins with an introduction', () => {
    given(noCooperation)
      .when(startCooperation, start)
      .then({ type: 'CooperationStarted', ...start });
    expect(evolve(noCooperation, { type: 'CooperationStarted', ...start })).toEqual({
      status: 'introduced',
      cooperationId: 'c-1',
      organisations: start.organisations,
      origin: start.origin,
      title: 'A portal',
      startedAt: start.at,
    });
  });
  it('begins once, however often it is told', () =>
    given(evolve(noCooperation, { type: 'CooperationStarted', ...start }))
      .when(startCooperation, { ...start, at: '2027-01-01T00:00:00.000Z' })
      .thenNothing());
});

const after = (...facts: CooperationFact[]): Cooperation => facts.reduce(evolve, noCooperation);
const started = (lotId: string): CooperationFact => ({ type: 'CooperationStarted', ...start, lotId });
const lapse = { lotId: 'build', reason: 'Nobody is free.', at: '2026-12-01T12:00:00.000Z' };
const lost: CooperationFact = { type: 'LotLost', lotId: 'build' };
const ended: CooperationFact = { type: 'CooperationEnded', reason: lapse.reason, at: lapse.at };
const added: CooperationFact = { type: 'LotAdded', lotId: 'run' };

describe('a cooperation that stands on awards', () => {
  it('ends with a reason when its only award comes to nothing', () => {
    given(after(started('build')))
      .when(loseLot, lapse)
      .then(lost, ended);
    expect(after(started('build'), lost, ended)).toMatchObject({
      status: 'ended',
      reason: 'Nobody is free.',
      endedAt: lapse.at,
      startedAt: start.at,
      lots: [],
    });
  });
  it('goes on while another lot stands, and ends with the last of them', () => {
    given(after(started('build')))
      .when(startCooperation, { ...start, lotId: 'run' })
      .then(added);
    given(after(started('build'), added))
      .when(loseLot, lapse)
      .then(lost);
    given(after(started('build'), added, lost))
      .when(loseLot, { ...lapse, lotId: 'run' })
      .then({ type: 'LotLost', lotId: 'run' }, ended);
  });
  it('ends once, and knows each lot once', () => {
    given(after(started('build'), lost, ended))
      .when(loseLot, lapse)
      .thenNothing();
    given(after(started('build'), added))
      .when(startCooperation, { ...start, lotId: 'run' })
      .thenNothing();
    given(noCooperation).when(loseLot, lapse).thenNothing();
  });
  it('begins anew when another lot goes to the same firm after its end', () => {
    const again = { ...start, lotId: 'run', at: '2026-12-02T12:00:00.000Z' };
    given(after(started('build'), lost, ended))
      .when(startCooperation, again)
      .then({ type: 'CooperationStarted', ...again });
    expect(after(started('build'), lost, ended, { type: 'CooperationStarted', ...again })).toMatchObject({
      status: 'introduced',
      lots: ['run'],
    });
  });
  it('of an earlier version, which does not know its lots, goes on as it is', () => {
    const old = after({ type: 'CooperationStarted', ...start });
    given(old).when(loseLot, lapse).thenNothing();
    given(old)
      .when(startCooperation, { ...start, lotId: 'run' })
      .thenNothing();
    expect(isUnheardOf(old, 'build')).toBe(false);
  });
  it('has not heard of an award before it is told of it', () => {
    expect(isUnheardOf(noCooperation, 'build')).toBe(true);
    expect(isUnheardOf(after(started('run')), 'build')).toBe(true);
    expect(isUnheardOf(after(started('run'), { type: 'LotLost', lotId: 'run' }, ended), 'build')).toBe(true);
    expect(isUnheardOf(after(started('build')), 'build')).toBe(false);
  });
});
