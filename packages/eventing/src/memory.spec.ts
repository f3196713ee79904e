import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BookDocument } from './bookDocument.ts';
import { appliedBefore, commandsAfter } from './memory.ts';

type Commands = BookDocument<unknown>['commands'];

const at = '2026-11-23T12:00:00.000Z';
const command = (n: number, bytes: number): Commands[number] => ({
  id: `command-${n}`,
  fingerprint: 'same',
  at: new Date(at),
  bytes,
  answer: { status: 200, body: n },
});
type Remembered = Pick<BookDocument<unknown>, 'commands' | 'past'>;
const refused = (n: number, bytes: number): Commands[number] => {
  const { answer: _, ...known } = command(n, bytes);
  return { ...known, refusal: { refused: 'too-late', detail: String(n) } };
};
const floodWith = (commands: Commands): Remembered =>
  commands.reduce<Remembered>(
    (known, one) => {
      const { tidied, ...after } = commandsAfter(known, one, at);
      return after;
    },
    { commands: [] },
  );
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
const known = (remembered: Remembered, id: string, fingerprint?: string, when?: string) =>
  appliedBefore({ ...remembered, applied: [] } as unknown as BookDocument<unknown>, causeOf(id, fingerprint, when));
const idsOf = (count: number) => Array.from({ length: count }, (_, n) => `command-${n}`);

describe('what a document remembers of commands', () => {
  it('is added to as long as there are few', () => {
    expect(commandsAfter({ commands: [command(1, 100)] }, command(2, 100), at)).toEqual({
      commands: [command(1, 100), command(2, 100)],
      tidied: false,
    });
    expect(flood(64, 100).commands).toHaveLength(64);
  });

  it('joins the past when there are many, all together, so that most changes only add to it', () => {
    const after = commandsAfter(flood(64, 100), command(64, 100), at);
    expect(after).toMatchObject({ commands: [], tidied: true });
    expect(flood(130, 100).commands).toEqual([]);
    expect(flood(131, 100).commands).toEqual([command(130, 100)]);
    for (const id of idsOf(131)) expect(known(flood(131, 100), id), id).toMatchObject({ status: 200 });
    expect(known(flood(131, 100), 'command-131')).toBe(false);
  });

  it('keeps all keys but only the newest answers, so that strangers cannot make the document outgrow its bound', () => {
    const remembered = flood(100, 40_000);
    const answered = idsOf(100).filter((id) => known(remembered, id) !== true);
    expect(answered).toEqual(['command-98', 'command-99']);
    for (const id of idsOf(98)) expect(known(remembered, id), id).toBe(true);
    expect(known(flood(99, 40_000), 'command-97')).toMatchObject({ status: 200 });
    expect(known(flood(99, 40_000), 'command-96')).toBe(true);
  });

  it('keeps an answer beyond half of the bound, and none that is too large by itself', () => {
    expect(known(flood(1, 100_000), 'command-0')).toMatchObject({ status: 200 });
    expect(known(flood(1, 1_000_000), 'command-0')).toBe(true);
  });

  it('still knows a command whose answer it let go, and tells another request under its key apart', () => {
    const remembered = flood(100, 40_000);
    expect(known(remembered, 'command-0')).toBe(true);
    expect(known(remembered, 'command-0', 'other')).toBe('other-request');
    expect(known(remembered, 'command-99')).toEqual({ status: 200, body: 99 });
    expect(known(remembered, 'command-100')).toBe(false);
  });

  it('knows the past for seven days, whether or not it was tidied since', () => {
    const remembered = flood(65, 100);
    expect(remembered.commands).toEqual([]);
    expect(known(remembered, 'command-3', 'same', '2026-11-30T12:00:00.000Z')).toMatchObject({ status: 200 });
    expect(known(remembered, 'command-3', 'same', '2026-11-30T12:00:00.001Z')).toBe(false);
    const later = Array.from({ length: 65 }, (_, n) => n).reduce<Remembered>(
      (before, n) => commandsAfter(before, { ...command(n + 100, 100), at: new Date('2026-12-01') }, '2026-12-01T00:00:00.000Z'),
      remembered,
    );
    expect(later.past).not.toContain('"command-3"');
    expect(later.past).toContain('"command-100"');
  });

  it('is known for seven days while it still lies there one by one, too: what others do meanwhile does not tell', () => {
    const remembered = flood(1, 100);
    expect(known(remembered, 'command-0', 'same', '2026-11-30T12:00:00.000Z')).toMatchObject({ status: 200 });
    expect(known(remembered, 'command-0', 'same', '2026-11-30T12:00:00.001Z')).toBe(false);
  });

  it('does not show how many commands are remembered apart, nor of one of them how many there are of another', () => {
    const ofAll = fc.record({ bytes: fc.integer({ min: 1, max: 60_000 }) });
    const ofOne = fc.record({ bytes: fc.integer({ min: 1, max: 6_000 }), apart: fc.constantFrom('a', 'b') });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.oneof(ofAll, ofOne), fc.boolean()), { maxLength: 150 }), (given) => {
        const commands = given.map(([{ bytes, ...more }, no], n) => ({ ...(no ? refused : command)(n, bytes), ...more }));
        const together = floodWith(commands);
        for (const whose of [undefined, 'a', 'b']) {
          const own = commands.filter((one) => ('apart' in one ? one.apart === whose : whose === undefined));
          const alone = floodWith(own);
          for (const { id } of own) expect(known(together, id), id).toEqual(known(alone, id));
        }
      }),
    );
  });

  it('keeps a refusal with its reason, also in the past, and forgets it whole when there are too many', () => {
    const remembered = floodWith(Array.from({ length: 1_100 }, (_, n) => refused(n, 60)));
    expect(known(remembered, 'command-1099')).toEqual({ refused: 'too-late', detail: '1099' });
    expect(known(remembered, 'command-700')).toEqual({ refused: 'too-late', detail: '700' });
    expect(known(remembered, 'command-700', 'other')).toBe('other-request');
    expect(known(remembered, 'command-500')).toBe(false);
    expect(known(floodWith(Array.from({ length: 100 }, (_, n) => refused(n, 5_000))), 'command-50')).toBe(false);
  });

  it('loses nothing that took effect to any number of refusals', () => {
    const accepted = [command(0, 10_000), command(1, 10_000)];
    const remembered = floodWith([...accepted, ...Array.from({ length: 6_000 }, (_, n) => refused(n + 2, 100))]);
    for (const { id, answer } of accepted) expect(known(remembered, id)).toEqual(answer);
    expect((remembered.past ?? '').length).toBeLessThan(100_000);
  });

  it('is bounded for each that is kept apart', () => {
    const remembered = floodWith(Array.from({ length: 2_000 }, (_, n) => ({ ...command(n, 400), apart: 'a' })));
    const rows = JSON.parse(remembered.past ?? '[]') as unknown[];
    expect(rows.length + remembered.commands.length).toBeLessThanOrEqual(200 + 64);
    expect(known(remembered, 'command-1799')).toBe(false);
    expect(known(remembered, 'command-1800')).toBe(true);
    expect(known(remembered, 'command-1999')).toMatchObject({ status: 200 });
  });

  it('reads what was written before anything was kept apart', () => {
    const past = JSON.stringify([
      ['one', 'same', Date.parse(at), 20, { status: 200, body: 1 }],
      ['two', 'same', Date.parse(at), 20],
    ]);
    expect(known({ commands: [], past }, 'one')).toEqual({ status: 200, body: 1 });
    expect(known({ commands: [], past }, 'two')).toBe(true);
  });

  it('is bounded in number', () => {
    const remembered = flood(5_070, 1);
    expect(JSON.parse(remembered.past ?? '[]')).toHaveLength(5_000);
    expect(remembered.commands).toHaveLength(0);
  });
});
