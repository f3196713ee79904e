import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, hasHad, lookBack, type Position, readPosition, startAt, writePosition } from './position.ts';

const noon = Temporal.Instant.from('2026-11-23T12:00:00.000Z');
const after = (seconds: number): string =>
  noon.add({ milliseconds: Math.round(seconds * 1_000) }).toString({ fractionalSecondDigits: 3 });
const idOf = (n: number): string => `id-${n}-`.padEnd(22, 'x');
const throughTheHeader = (position: Position): Position => {
  const read = readPosition(writePosition(position));
  if (read === 'unknown-position') throw new Error('a position of ours must be readable');
  return read;
};

describe('a place in the stream', () => {
  it('neither misses nor repeats what comes late, across a reconnection at any moment', () => {
    // What came, by when it says it came and how much later it could be read; at most the time that is looked back.
    const arrivals = fc.array(
      fc.record({
        came: fc.double({ min: 0, max: 120, noNaN: true }),
        late: fc.double({ min: 0, max: lookBack - 1, noNaN: true }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(arrivals, fc.array(fc.boolean(), { minLength: 160, maxLength: 160 }), (came, reconnects) => {
        const all = came.map(({ came: at, late }, n) => ({ id: idOf(n), at: after(at), visible: after(at + late) }));
        const got: string[] = [];
        let position = startAt(after(0));
        for (let second = 1; second <= 160; second++) {
          if (reconnects[second - 1]) position = throughTheHeader(position);
          const readable = all.filter(({ visible }) => visible <= after(second)).sort((a, b) => (a.at < b.at ? -1 : 1));
          for (const one of readable.filter((each) => !hasHad(position, each))) {
            got.push(one.id);
            position = advance(position, one);
          }
        }
        expect(got.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
      }),
      { numRuns: 50 },
    );
  });

  it('stays short enough for a header, however much came', () => {
    let position = startAt(after(0));
    for (let n = 0; n < 1_000; n++) position = advance(position, { id: idOf(n), at: after(n / 100) });
    expect(writePosition(position).length).toBeLessThan(2_000);
  });

  it('does not send again what came long before', () =>
    expect(hasHad(startAt(after(0)), { id: idOf(1), at: after(-lookBack - 1) })).toBe(true));

  it('that a client made up is named as unknown', () => {
    for (const made of [
      '',
      'made-up',
      Buffer.from('["yesterday",[]]').toString('base64url'),
      Buffer.from('[1,2]').toString('base64url'),
    ])
      expect(readPosition(made)).toBe('unknown-position');
  });
});
