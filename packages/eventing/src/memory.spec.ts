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
const flood = (count: number, bytes: number): Commands =>
  Array.from({ length: count }, (_, n) => n).reduce<Commands>(
    (known, n) => commandsAfter(known, command(n, bytes), at).commands,
    [],
  );

describe('what a document remembers of commands', () => {
  it('is added to as long as nothing must go', () => {
    expect(commandsAfter([command(1, 100)], command(2, 100), at)).toEqual({
      commands: [command(1, 100), command(2, 100)],
      tidied: false,
    });
  });

  it('keeps all keys but only the newest answers, so that strangers cannot make the document outgrow its bound', () => {
    const known = flood(100, 40_000);
    expect(known.map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, n) => `command-${n}`));
    expect(known.filter(({ answer }) => answer).map(({ id }) => id)).toEqual(['command-97', 'command-98', 'command-99']);
  });

  it('keeps no answer that is too large by itself', () => expect(flood(1, 1_000_000)[0]).not.toHaveProperty('answer'));

  it('still knows a command whose answer it let go, and tells another request under its key apart', () => {
    const commands = flood(100, 40_000);
    const document = { commands, applied: [] } as unknown as BookDocument<unknown>;
    const cause = {
      kind: 'command' as const,
      id: 'command-0',
      fingerprint: 'same',
      repeatable: true,
      correlationId: 'c',
      actor: 'platform' as const,
      at,
    };
    expect(appliedBefore(document, cause)).toBe(true);
    expect(appliedBefore(document, { ...cause, fingerprint: 'other' })).toBe('other-request');
    expect(appliedBefore(document, { ...cause, id: 'command-99' })).toEqual({ status: 200, body: 99 });
    expect(appliedBefore(document, { ...cause, id: 'command-100' })).toBe(false);
  });

  it('is bounded in number', () => expect(flood(5_050, 1)).toHaveLength(5_000));
});
