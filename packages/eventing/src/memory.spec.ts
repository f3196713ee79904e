import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BookDocument } from './bookDocument.ts';
import { appliedBefore, mayLieElsewhere, withRoom } from './memory.ts';

type Commands = BookDocument<unknown>['commands'];

const at = '2026-11-23T12:00:00.000Z';
const command = (n: number, bytes: number): Commands[number] => ({
  id: `command-${n}`,
  fingerprint: 'same',
  at: new Date(at),
  bytes,
  answer: { status: 200, body: n },
});
/** What a document remembers, and what has been moved from there. */
type Remembered = Pick<BookDocument<unknown>, 'commands' | 'past' | 'elsewhere'> & {
  readonly away?: ReadonlyMap<string, Commands[number]>;
};
const refused = (n: number, bytes: number): Commands[number] => {
  const { answer: _, ...known } = command(n, bytes);
  return { ...known, refusal: { refused: 'too-late', detail: String(n) } };
};
const then = ({ away = new Map(), ...before }: Remembered, one: Commands[number], when = at): Remembered => {
  const { tidied, moved, ...after } = withRoom(before, when);
  const row = (id: string) => ({ ...away.get(id), ...moved.find((command) => command.id === id) }) as Commands[number];
  return {
    ...after,
    commands: [...after.commands, one],
    away: moved.length === 0 ? away : new Map([...away, ...moved.map(({ id }) => [id, row(id)] as const)]),
  };
};
const floodWith = (commands: Commands): Remembered =>
  commands.reduce<Remembered>((known, one) => then(known, one), { commands: [] });
const flood = (count: number, bytes: number): Remembered => floodWith(Array.from({ length: count }, (_, n) => command(n, bytes)));
const causeOf = (id: string, fingerprint = 'same', when = at) => ({
  kind: 'command' as const,
  id,
  fingerprint,
  repeatable: true,
  correlationId: 'c',
  actor: 'platform' as const,
  at: when,
});
const documentOf = ({ away: _, ...remembered }: Remembered) => ({ ...remembered, applied: [] });
/** What the document alone knows of it. */
const knownHere = (remembered: Remembered, id: string, fingerprint?: string, when?: string) =>
  appliedBefore(documentOf(remembered), causeOf(id, fingerprint, when));
/** The same as it is asked for: what may lie elsewhere is looked up there. */
const known = (remembered: Remembered, id: string, fingerprint?: string, when?: string, apart?: string) => {
  const cause = { ...causeOf(id, fingerprint, when), ...(apart === undefined ? {} : { apart }) };
  const isAway = mayLieElsewhere(documentOf(remembered), cause);
  return appliedBefore(documentOf(remembered), cause, isAway ? remembered.away?.get(id) : undefined);
};
const idsOf = (count: number) => Array.from({ length: count }, (_, n) => `command-${n}`);

describe('what a document remembers of commands', () => {
  it('is added to as long as there are few', () => {
    expect(withRoom({ commands: [command(1, 100)] }, at)).toEqual({ commands: [command(1, 100)], tidied: false, moved: [] });
    expect(flood(64, 100).commands).toHaveLength(64);
  });

  it('joins the past when there are many, all together, so that most changes only add to it', () => {
    expect(withRoom(flood(64, 100), at)).toMatchObject({ commands: [], tidied: true, moved: [] });
    expect(flood(128, 100).commands).toHaveLength(64);
    expect(flood(129, 100).commands).toEqual([command(128, 100)]);
    const remembered = flood(129, 100);
    for (const id of idsOf(129)) expect(known(remembered, id), id).toMatchObject({ status: 200 });
    expect(known(remembered, 'command-129')).toBe(false);
  });

  it('keeps all keys but only the newest answers, so that strangers cannot make the document outgrow its bound', () => {
    const remembered = flood(101, 40_000);
    const answered = idsOf(101).filter((id) => knownHere(remembered, id) !== true);
    expect(answered).toEqual(['command-98', 'command-99', 'command-100']);
    for (const id of idsOf(98)) expect(knownHere(remembered, id), id).toBe(true);
  });

  it('gives every first answer all the same: those it has no room for lie elsewhere', () => {
    const remembered = flood(101, 40_000);
    for (const [n, id] of idsOf(101).entries()) expect(known(remembered, id), id).toEqual({ status: 200, body: n });
    expect(known(remembered, 'command-0', 'other')).toBe('other-request');
    expect(known(remembered, 'command-101')).toBe(false);
    const tooLargeByItself = flood(2, 1_000_000);
    expect(known(tooLargeByItself, 'command-0')).toEqual({ status: 200, body: 0 });
    expect(knownHere(tooLargeByItself, 'command-0')).toBe(true);
  });

  it('moves nothing that was not stored before: nobody was told it yet', () => {
    expect(withRoom(flood(1, 1_000_000), at).moved).toEqual([command(0, 1_000_000)]);
    expect(flood(1, 1_000_000)).toMatchObject({ commands: [command(0, 1_000_000)], away: new Map() });
  });

  it('moves each answer once', () => {
    const commands = Array.from({ length: 1_000 }, (_, n) => command(n, 5_000));
    let moved = 0;
    commands.reduce<Remembered>(
      (before, one) => {
        moved += withRoom(before, at).moved.length;
        return then(before, one);
      },
      { commands: [] },
    );
    expect(moved).toBeLessThan(1_000);
  });

  it('knows the past for seven days, whether or not it was tidied since', () => {
    const remembered = flood(65, 100);
    expect(remembered.commands).toHaveLength(1);
    expect(known(remembered, 'command-3', 'same', '2026-11-30T12:00:00.000Z')).toMatchObject({ status: 200 });
    expect(known(remembered, 'command-3', 'same', '2026-11-30T12:00:00.001Z')).toBe(false);
    const later = Array.from({ length: 65 }, (_, n) => n).reduce<Remembered>(
      (before, n) => then(before, { ...command(n + 100, 100), at: new Date('2026-12-01') }, '2026-12-01T00:00:00.000Z'),
      remembered,
    );
    expect(later.past).not.toContain('"command-3"');
    expect(later.past).toContain('"command-100"');
  });

  it('is known for seven days elsewhere, too', () => {
    const remembered = floodWith(Array.from({ length: 1_100 }, (_, n) => refused(n, 60)));
    const [last, after] = ['2026-11-30T12:00:00.000Z', '2026-11-30T12:00:00.001Z'];
    expect(known(remembered, 'command-3', 'same', last)).toMatchObject({ refused: 'too-late' });
    expect(known(remembered, 'command-3', 'same', after)).toBe(false);
    expect(mayLieElsewhere(documentOf(remembered), causeOf('unknown', 'same', last))).toBe(true);
    expect(mayLieElsewhere(documentOf(remembered), causeOf('unknown', 'same', after))).toBe(false);
    const nextWeek = withRoom(
      { ...documentOf(remembered), commands: Array.from({ length: 64 }, (_, n) => ({ ...command(n, 1), at: new Date(after) })) },
      after,
    );
    expect(nextWeek).toMatchObject({ moved: [], elsewhere: [] });
  });

  it('is known for seven days while it still lies there one by one, too: what others do meanwhile does not tell', () => {
    const remembered = flood(1, 100);
    expect(known(remembered, 'command-0', 'same', '2026-11-30T12:00:00.000Z')).toMatchObject({ status: 200 });
    expect(known(remembered, 'command-0', 'same', '2026-11-30T12:00:00.001Z')).toBe(false);
  });

  it('is every first answer and refusal, whatever others did before and after, and looked for elsewhere for one’s own sake only', () => {
    const ofAll = fc.record({ bytes: fc.integer({ min: 1, max: 60_000 }) });
    const ofOne = fc.record({ bytes: fc.integer({ min: 1, max: 6_000 }), apart: fc.constantFrom('a', 'b') });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(ofAll, ofOne), fc.boolean()), { maxLength: 150 }), (given) => {
        const commands = given.map(([{ bytes, ...more }, no], n) => ({ ...(no ? refused : command)(n, bytes), ...more }));
        const together = floodWith(commands);
        for (const { id, answer, refusal, apart } of commands)
          expect(known(together, id, 'same', at, apart), id).toEqual(answer ?? refusal);
        for (const whose of ['a', 'b']) {
          const own = commands.filter(({ apart }) => apart === whose);
          const isLittle = own.reduce((sum, { bytes }) => sum + bytes, 0) < 8_000;
          if (isLittle) expect(mayLieElsewhere(documentOf(together), { ...causeOf('new'), apart: whose })).toBe(false);
        }
      }),
    );
  });

  it('keeps the newest refusals with their reasons, and those that are too many elsewhere', () => {
    const remembered = floodWith(Array.from({ length: 1_100 }, (_, n) => refused(n, 60)));
    expect(knownHere(remembered, 'command-1099')).toEqual({ refused: 'too-late', detail: '1099' });
    expect(knownHere(remembered, 'command-700')).toEqual({ refused: 'too-late', detail: '700' });
    expect(knownHere(remembered, 'command-700', 'other')).toBe('other-request');
    expect(knownHere(remembered, 'command-500')).toBe(false);
    expect(known(remembered, 'command-500')).toEqual({ refused: 'too-late', detail: '500' });
    expect(known(remembered, 'command-500', 'other')).toBe('other-request');
    expect(known(floodWith(Array.from({ length: 100 }, (_, n) => refused(n, 5_000))), 'command-5')).toMatchObject({
      detail: '5',
    });
  });

  it('keeps what took effect through any number of refusals', () => {
    const accepted = [command(0, 10_000), command(1, 10_000)];
    const remembered = floodWith([...accepted, ...Array.from({ length: 6_000 }, (_, n) => refused(n + 2, 100))]);
    for (const { id, answer } of accepted) expect(knownHere(remembered, id)).toEqual(answer);
    expect((remembered.past ?? '').length).toBeLessThan(100_000);
  });

  it('is bounded for each that is kept apart', () => {
    const remembered = floodWith(Array.from({ length: 2_000 }, (_, n) => ({ ...command(n, 400), apart: 'a' })));
    const rows = JSON.parse(remembered.past ?? '[]') as unknown[];
    expect(rows.length + remembered.commands.length).toBeLessThanOrEqual(200 + 64);
    expect(knownHere(remembered, 'command-1700')).toBe(false);
    expect(knownHere(remembered, 'command-1800')).toBe(true);
    expect(knownHere(remembered, 'command-1999')).toMatchObject({ status: 200 });
    expect(known(remembered, 'command-3', 'same', at, 'a')).toEqual({ status: 200, body: 3 });
  });

  it('reads what was written before anything was kept apart, or elsewhere', () => {
    const past = JSON.stringify([
      ['one', 'same', Date.parse(at), 20, { status: 200, body: 1 }],
      ['two', 'same', Date.parse(at), 20],
    ]);
    expect(known({ commands: [], past }, 'one')).toEqual({ status: 200, body: 1 });
    expect(known({ commands: [], past }, 'two')).toBe(true);
  });

  it('is bounded in number', () => {
    const remembered = flood(5_250, 1);
    expect(JSON.parse(remembered.past ?? '[]')).toHaveLength(5_000);
    expect(remembered.commands.length).toBeLessThanOrEqual(64);
    expect(knownHere(remembered, 'command-0')).toBe(false);
    expect(known(remembered, 'command-0')).toEqual({ status: 200, body: 0 });
  });
});
