import { given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { evolve, noCooperation } from './cooperation.ts';
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
