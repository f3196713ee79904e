import { given } from '@umuhuza/testing/given';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictAt, conflictsIn, reserveStanding } from './conflicts.ts';
import { describeResources } from './describeResources.ts';
import { type AskedTime, fitIn } from './fitIn.ts';
import { inTheWay } from './inTheWay.ts';
import { reserveTime, reserveWhatFits } from './reserveTime.ts';
import { evolve, type HostResources, nothingReserved, type Resource, type ResourcesFact } from './resources.ts';
import { nextSettling, settleReservation } from './settleReservation.ts';

const at = '2026-11-20T09:00:00.000Z';
const settleAt = '2026-11-20T09:00:30.000Z';
const room: Resource = { id: 'room', name: 'Room 1', kind: 'room', quantity: 1 };
const phones: Resource = { id: 'phones', name: 'Android phones', kind: 'device-pool', quantity: 8 };
const hour = (n: number) =>
  Temporal.Instant.from('2026-11-23T00:00:00Z').add({ hours: n }).toString({ fractionalSecondDigits: 3 });
const asked = (id: string, from: number, to: number, more: Partial<AskedTime> = {}): AskedTime => ({
  id,
  slotId: `slot-${id}`,
  environmentId: 'env-1',
  startsAt: hour(from),
  endsAt: hour(to),
  bufferMinutes: null,
  needs: [{ resourceId: 'room', quantity: 1 }],
  ...more,
});
const has = (...resources: Resource[]): ResourcesFact => ({ type: 'ResourcesDescribed', resources, at });
const after = (...facts: ResourcesFact[]): HostResources => facts.reduce(evolve, nothingReserved);
const taken = (state: HostResources, ...times: AskedTime[]): HostResources => {
  const decision = reserveTime(state, { times, settleAt, at });
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.reduce(evolve, state);
};
const reserve = (state: HostResources, ...times: AskedTime[]) => given(state).when(reserveTime, { times, settleAt, at });
const hosted = after(has(room, phones));
const facts = (...times: AskedTime[]) =>
  times.map(({ endsAt, bufferMinutes, ...time }) => ({
    type: 'TimeReserved',
    reservation: { ...time, freeAt: endsAt, alone: bufferMinutes !== null, settleAt },
    at,
  }));

describe('reserving what a slot needs at once', () => {
  it('takes all of it, in one environment or another', () => {
    const both = asked('a', 9, 12, {
      needs: [
        { resourceId: 'room', quantity: 1 },
        { resourceId: 'phones', quantity: 5 },
      ],
    });
    reserve(hosted, both).then(...facts(both));
    reserve(taken(hosted, both), asked('b', 10, 11, { environmentId: 'env-2' })).thenRefused('resource-busy');
    const three = asked('b', 10, 11, { environmentId: 'env-2', needs: [{ resourceId: 'phones', quantity: 3 }] });
    reserve(taken(hosted, both), three).then(...facts(three));
    reserve(taken(hosted, both), { ...three, needs: [{ resourceId: 'phones', quantity: 4 }] }).thenRefused('resource-busy');
  });
  it('takes nothing when one of several is missing, nor when one of several times cannot be', () => {
    const free = taken(hosted, asked('a', 9, 12));
    reserve(
      free,
      asked('b', 11, 13, {
        needs: [
          { resourceId: 'phones', quantity: 1 },
          { resourceId: 'room', quantity: 1 },
        ],
      }),
    ).thenRefused('resource-busy');
    reserve(free, asked('c', 12, 13), asked('d', 8, 10)).thenRefused('resource-busy');
    reserve(hosted, asked('c', 12, 13), asked('d', 12, 14)).thenRefused('resource-busy');
  });
  const kinds: readonly Resource['kind'][] = ['host', 'room', 'device-pool', 'network'];
  const one = kinds.map((kind): Resource => ({ id: kind, name: kind, kind, quantity: 1 }));
  const allOf = (...ids: readonly string[]) => ids.map((resourceId) => ({ resourceId, quantity: 1 }));
  it.each(kinds)('takes a host, a room, devices and a network at once, or none of them where the %s is taken', (kind) => {
    const all = asked('all', 9, 12, { needs: allOf(...kinds) });
    reserve(after(has(...one)), all).then(...facts(all));
    const elsewhere = asked('elsewhere', 11, 13, { environmentId: 'env-2', needs: allOf(kind) });
    const busy = taken(after(has(...one)), elsewhere);
    reserve(busy, all).thenRefused('resource-busy');
    const others = asked('others', 9, 12, { needs: allOf(...kinds.filter((other) => other !== kind)) });
    reserve(busy, others).then(...facts(others));
  });
  it('begins where another ends', () =>
    reserve(taken(hosted, asked('a', 9, 12)), asked('b', 12, 13), asked('c', 8, 9)).then(
      ...facts(asked('b', 12, 13), asked('c', 8, 9)),
    ));
  it('stays quiet when told again', () => reserve(taken(hosted, asked('a', 9, 12)), asked('a', 9, 12)).thenNothing());
  it('lets a slot change its own time', () => {
    const later = asked('a2', 11, 14, { slotId: 'slot-a' });
    reserve(taken(hosted, asked('a', 9, 12)), later).then(...facts(later));
  });
  it('is refused for what the host does not have', () => {
    reserve(after(), asked('a', 9, 12)).thenRefused('no-such-resource');
    reserve(hosted, asked('a', 9, 12, { needs: [{ resourceId: 'phones', quantity: 9 }] })).thenRefused('not-enough-of-resource');
  });
});

describe('the buffer between slots of one environment', () => {
  const alone = (id: string, from: number, to: number, more: Partial<AskedTime> = {}) =>
    asked(id, from, to, { needs: [], bufferMinutes: 60, ...more });
  const nine = taken(hosted, alone('a', 9, 12));
  it('keeps the time after a slot free, and lets none overlap', () => {
    reserve(nine, alone('b', 12, 14)).thenRefused('environment-busy');
    reserve(nine, alone('b', 11, 14)).thenRefused('environment-busy');
    reserve(nine, alone('b', 7, 9)).thenRefused('environment-busy');
    expect(reserve(nine, alone('b', 13, 14), alone('c', 7, 8)).decision).toHaveLength(2);
  });
  it('is nothing to another environment', () =>
    expect(reserve(nine, alone('b', 11, 14, { environmentId: 'env-2' })).decision).toHaveLength(1));
  it('holds the resources as well', () =>
    reserve(taken(hosted, asked('a', 9, 12, { bufferMinutes: 60 })), asked('b', 12, 13, { environmentId: 'env-2' })).thenRefused(
      'resource-busy',
    ));
});

describe('many times, of which some cannot be had', () => {
  const times = [asked('a', 9, 11), asked('b', 10, 12), asked('c', 11, 12), asked('d', 11, 13, { slotId: 'slot-c' })];
  it('are reserved in their order: one that does not fit beside the earlier ones is left out, and what comes after it is not', () => {
    given(hosted)
      .when(reserveWhatFits, { times, settleAt, at })
      .then(...facts(asked('a', 9, 11), asked('c', 11, 12), asked('d', 11, 13, { slotId: 'slot-c' })));
    given(taken(hosted, asked('b', 10, 12)))
      .when(reserveWhatFits, { times: times.slice(0, 3), settleAt, at })
      .thenNothing();
  });
  it('say what is in the way, and until when', () => {
    expect(fitIn(hosted, times, settleAt, at).map(({ is }) => is)).toEqual(['free', 'in-the-way', 'free', 'free']);
    expect(fitIn(hosted, times, settleAt, at)[1]).toMatchObject({
      obstacle: { refused: 'resource-busy', resource: 'Room 1', freeAt: hour(11) },
    });
    const alone = { needs: [], bufferMinutes: 60 };
    expect(fitIn(hosted, [asked('a', 9, 10, alone), asked('b', 10, 11, alone)], settleAt, at)[1]).toMatchObject({
      obstacle: { refused: 'environment-busy', freeAt: hour(11) },
    });
    expect(fitIn(after(), [asked('a', 9, 10)], settleAt, at)[0]).toMatchObject({
      obstacle: { refused: 'no-such-resource', resource: 'room' },
    });
  });
  it('find what they have already, and forget what has passed', () => {
    expect(fitIn(taken(hosted, asked('a', 9, 11)), times, settleAt, at).map(({ is }) => is)).toEqual([
      'had',
      'in-the-way',
      'free',
      'free',
    ]);
    const kept = evolve(taken(hosted, asked('a', 9, 11)), { type: 'ReservationKept', reservationId: 'a', at });
    expect(fitIn(kept, [asked('b', 10, 12)], settleAt, hour(11))[0]?.is).toBe('free');
  });
  it('come to an end with the calendar', () => {
    const many = Array.from({ length: 5_001 }, (_, n) => asked(`n${n}`, 2 * n, 2 * n + 1));
    const fits = fitIn(hosted, many, settleAt, at);
    expect(fits.slice(0, 5_000).every(({ is }) => is === 'free')).toBe(true);
    expect(fits[5_000]).toMatchObject({ is: 'in-the-way', obstacle: { refused: 'calendar-full' } });
  });
});

describe('slots that were open before their environment needed anything', () => {
  const alone = (id: string, from: number, to: number) => asked(id, from, to, { needs: [], bufferMinutes: 0 });
  const standing = [alone('a', 9, 12), alone('b', 10, 13), alone('c', 13, 14)];
  const state = reserveStanding(hosted, { times: standing, settleAt, at }).reduce(evolve, hosted);
  it('get their time, whatever stands in its way; no later slot is put there', () => {
    expect(state.reservations.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    reserve(state, alone('d', 12, 13)).thenRefused('environment-busy');
    given(state).when(reserveStanding, { times: standing, settleAt, at }).thenNothing();
  });
  it('are named where they are in the way of an earlier one, until one of the two gives way', () => {
    expect(conflictsIn(state, at).map(({ reservation, obstacle }) => [reservation.id, obstacle.refused])).toEqual([
      ['b', 'environment-busy'],
    ]);
    const without = evolve(state, { type: 'ReservationReleased', reservationId: 'a', at });
    expect(conflictsIn(without, at)).toEqual([]);
    expect(conflictsIn(state, hour(14))).toHaveLength(1);
    const settled = ['a', 'b', 'c'].reduce(
      (now, reservationId) => evolve(now, { type: 'ReservationKept', reservationId, at }),
      state,
    );
    expect(conflictsIn(settled, hour(12))).toEqual([]);
  });
  it('get no more of a calendar than it holds, the first in the row first', () => {
    const many = Array.from({ length: 4_999 }, (_, n) => asked(`n${n}`, 20 + 2 * n, 21 + 2 * n));
    const nearlyFull = taken(hosted, ...many);
    const given_ = reserveStanding(nearlyFull, { times: standing, settleAt, at });
    expect(given_).toMatchObject([{ reservation: { id: 'a' } }]);
    given(given_.reduce(evolve, nearlyFull)).when(reserveStanding, { times: standing, settleAt, at }).thenNothing();
  });
  it('are named the same as when each is held against each before it, all of them or one by itself', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            from: fc.integer({ min: 0, max: 20 }),
            hours: fc.integer({ min: 1, max: 6 }),
            bufferMinutes: fc.constantFrom(null, 0, 90),
            quantity: fc.integer({ min: 0, max: 8 }),
            environmentId: fc.constantFrom('env-1', 'env-2'),
          }),
          { maxLength: 12 },
        ),
        (row) => {
          const times = row.map(({ from, hours, quantity, ...more }, n) =>
            asked(`n${n}`, from, from + hours, {
              ...more,
              needs: quantity === 0 ? [] : [{ resourceId: 'phones', quantity }],
            }),
          );
          const now = reserveStanding(hosted, { times, settleAt, at }).reduce(evolve, hosted);
          const expected = now.reservations.flatMap((reservation, place) => {
            const obstacle = inTheWay({ ...now, reservations: now.reservations.slice(0, place) }, reservation);
            return obstacle ? [{ reservation, obstacle }] : [];
          });
          expect(conflictsIn(now, at)).toEqual(expected);
          for (const { id } of now.reservations)
            expect(conflictAt(now, id, at)).toEqual(expected.find(({ reservation }) => reservation.id === id)?.obstacle);
        },
      ),
    ));
  it('are named where nobody has what they need', () => {
    const missing = reserveStanding(nothingReserved, { times: [asked('a', 9, 12)], settleAt, at }).reduce(
      evolve,
      nothingReserved,
    );
    expect(conflictsIn(missing, at)).toMatchObject([{ obstacle: { refused: 'no-such-resource', resource: 'room' } }]);
  });
});

describe('what slots stand on', () => {
  const standing = taken(
    hosted,
    asked('a', 9, 12, { needs: [{ resourceId: 'phones', quantity: 5 }] }),
    asked('b', 11, 13, { needs: [{ resourceId: 'phones', quantity: 3 }] }),
  );
  const settled = ['a', 'b'].reduce(
    (now, reservationId) => evolve(now, { type: 'ReservationKept', reservationId, at }),
    standing,
  );
  const describe_ = (...resources: Resource[]) => given(standing).when(describeResources, { resources, at });
  it('binds nothing any more once it is over', () => {
    const fewer = [room, { ...phones, quantity: 3 }];
    given(settled)
      .when(describeResources, { resources: fewer, at: hour(11) })
      .thenRefused('resource-in-use');
    given(settled)
      .when(describeResources, { resources: fewer, at: hour(12) })
      .then({ ...has(...fewer), at: hour(12) });
    given(settled)
      .when(describeResources, { resources: [room], at: hour(12) })
      .thenRefused('resource-in-use');
    given(settled)
      .when(describeResources, { resources: [room], at: hour(13) })
      .then({ ...has(room), at: hour(13) });
  });
  it('may be given more, and other things, where it stood there before its environment needed more than there is', () => {
    const many = { needs: [{ resourceId: 'phones', quantity: 5 }] };
    const times = [asked('a', 9, 12, many), asked('b', 11, 13, many)];
    const collide = reserveStanding(hosted, { times, settleAt, at }).reduce(evolve, hosted);
    const with_ = (...resources: Resource[]) => given(collide).when(describeResources, { resources, at });
    with_(room, { ...phones, quantity: 9 }).then(has(room, { ...phones, quantity: 9 }));
    with_(room, phones, { ...room, id: 'room-2' }).then(has(room, phones, { ...room, id: 'room-2' }));
    with_(room, { ...phones, quantity: 7 }).thenRefused('resource-in-use');
    with_(room).thenRefused('resource-in-use');
  });
  it('cannot be taken from under them', () => {
    describe_(room, { ...phones, quantity: 7 }).thenRefused('resource-in-use');
    describe_(room).thenRefused('resource-in-use');
    describe_({ ...phones, quantity: 8 }).then(has({ ...phones, quantity: 8 }));
    describe_(room, phones).thenNothing();
  });
});

describe('a reservation', () => {
  const one = taken(hosted, asked('a', 9, 12));
  it('is kept or released as its slot says, once', () => {
    expect(nextSettling(one)).toBe(settleAt);
    given(one)
      .when(settleReservation, { reservationId: 'a', stands: true, at })
      .then({ type: 'ReservationKept', reservationId: 'a', at });
    const kept = evolve(one, { type: 'ReservationKept', reservationId: 'a', at });
    expect(nextSettling(kept)).toBeUndefined();
    given(kept).when(settleReservation, { reservationId: 'a', stands: true, at }).thenNothing();
    given(kept)
      .when(settleReservation, { reservationId: 'a', stands: false, at })
      .then({ type: 'ReservationReleased', reservationId: 'a', at });
    given(hosted).when(settleReservation, { reservationId: 'a', stands: false, at }).thenNothing();
    expect(evolve(kept, { type: 'ReservationReleased', reservationId: 'a', at })).toEqual(hosted);
  });
  it('is forgotten when its time has passed, but not before it is settled', () => {
    const kept = evolve(one, { type: 'ReservationKept', reservationId: 'a', at });
    const next = {
      type: 'TimeReserved',
      reservation: { ...one.reservations[0], id: 'b', slotId: 'slot-b' },
      at: hour(12),
    } as ResourcesFact;
    expect(evolve(kept, next).reservations.map(({ id }) => id)).toEqual(['b']);
    expect(evolve(one, next).reservations.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('whatever is reserved and given back, in whatever order', () => {
  it('no instant uses more than there is, and what fits is never refused', () => {
    const need = fc.record({ resourceId: fc.constantFrom('room', 'phones'), quantity: fc.integer({ min: 1, max: 5 }) });
    const step = fc.record({
      gives: fc.boolean(),
      from: fc.integer({ min: 0, max: 20 }),
      lasts: fc.integer({ min: 1, max: 5 }),
      environment: fc.constantFrom('env-1', 'env-2'),
      needs: fc.uniqueArray(need, { maxLength: 2, selector: ({ resourceId }) => resourceId }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        let state = hosted;
        /** Hour by hour, as plainly as can be. */
        const plain = new Map<string, { hours: number[]; needs: readonly { resourceId: string; quantity: number }[] }>();
        const used = (hourNow: number, id: string) =>
          [...plain.values()]
            .filter(({ hours }) => hours.includes(hourNow))
            .flatMap(({ needs }) => needs.filter(({ resourceId }) => resourceId === id))
            .reduce((sum, { quantity }) => sum + quantity, 0);
        steps.forEach(({ gives, from, lasts, environment, needs }, n) => {
          const [oldest] = plain.keys();
          if (gives && oldest) {
            plain.delete(oldest);
            state = settleReservation(state, { reservationId: oldest, stands: false, at }).reduce(evolve, state);
            return;
          }
          const hours = Array.from({ length: lasts }, (_, h) => from + h);
          const total = { room: 1, phones: 8 } as Record<string, number>;
          const fits = needs.every(({ resourceId, quantity }) =>
            hours.every((h) => used(h, resourceId) + quantity <= (total[resourceId] ?? 0)),
          );
          const decision = reserveTime(state, {
            times: [asked(`r${n}`, from, from + lasts, { environmentId: environment, needs })],
            settleAt,
            at,
          });
          expect('refused' in decision).toBe(!fits);
          if ('refused' in decision) return;
          state = decision.reduce(evolve, state);
          plain.set(`r${n}`, { hours, needs });
        });
      }),
      { numRuns: 300 },
    );
  });
});
