import type { Answer, BookDocument } from './bookDocument.ts';
import type { Cause } from './cause.ts';
import { add, includes, type SequenceSet } from './sequenceSet.ts';

/** How long a command's key is remembered, in milliseconds: seven days. */
const keptFor = 7 * 24 * 3600 * 1000;

/**
 * `answers`: how many bytes of answers a document holds at most, the newest first; half of it is remembered. They lie in the document that
 * each change reads and writes, and others than its owner can make it remember. An older answer is computed anew from the present state
 * when it is asked for again. `keys`: how many commands are remembered, a bound for floods that no client with a person behind it comes
 * near. What somebody's commands are remembered by does not depend on the commands that are kept apart from them
 * (docs/decisions/0205).
 */
const ofAll = { answers: 128 * 1024, keys: 5_000 };
const ofOneApart = { answers: 16 * 1024, keys: 200 };
const boundOf = ({ apart }: Commands[number]) => (apart === undefined ? ofAll : ofOneApart);

/** How many commands lie in the document one by one; when there are more, or more bytes of answers than half of what all may hold, they join the past. */
const recentCommands = 64;

type Commands = BookDocument<unknown>['commands'];
type Remembered = Pick<BookDocument<unknown>, 'commands' | 'past'>;

/** False: new. True: applied, without an answer kept. An answer: the first one. */
export const appliedBefore = (document: BookDocument<unknown>, cause: Cause): boolean | Answer | 'other-request' => {
  switch (cause.kind) {
    case 'command': {
      if (!mayKnow(document, cause.id)) return false;
      const first = rememberedOf([...readPast(document.past), ...document.commands], cause.at).findLast(
        ({ id }) => id === cause.id,
      );
      if (!first) return false;
      return first.fingerprint === cause.fingerprint ? (first.answer ?? true) : 'other-request';
    }
    case 'event': {
      const from = document.applied.find(({ aggregate }) => aggregate === cause.aggregate);
      return from !== undefined && includes(from.sequences, cause.sequence);
    }
    case 'time':
      return false;
  }
};

/**
 * A decision without facts is remembered too where repeating it later could end otherwise: for events always, since a broker may
 * replay its whole stream; for a client's named request when it was accepted. Refused requests leave no trace in someone's document.
 */
export const mustBeRemembered = (cause: Cause, refused: boolean): boolean =>
  cause.kind === 'event' || (cause.kind === 'command' && cause.repeatable && !refused);

export const remembered = (cause: Cause, answer: Answer): BookDocument<unknown>['commands'][number] | undefined =>
  cause.kind === 'command' && cause.repeatable
    ? {
        id: cause.id,
        fingerprint: cause.fingerprint,
        at: new Date(cause.at),
        bytes: JSON.stringify(answer).length,
        answer,
        ...(cause.apart === undefined ? {} : { apart: cause.apart }),
      }
    : undefined;

export const appliedAfter = (applied: BookDocument<unknown>['applied'], cause: Cause): BookDocument<unknown>['applied'] => {
  if (cause.kind !== 'event') return applied;
  const before: SequenceSet = applied.find(({ aggregate }) => aggregate === cause.aggregate)?.sequences ?? [];
  return [
    ...applied.filter(({ aggregate }) => aggregate !== cause.aggregate),
    { aggregate: cause.aggregate, sequences: [...add(before, cause.sequence)] },
  ];
};

/**
 * What the document remembers of commands after this one: seven days, bounded in number and in the bytes of answers. `tidied` tells that
 * older ones were forgotten or joined the past, so that adding alone is not enough.
 */
export const commandsAfter = (
  before: Remembered,
  command: Commands[number] | undefined,
  at: string,
): Remembered & { readonly tidied: boolean } => {
  const fresh = before.commands.filter((known) => isFresh(known.at, at));
  const recent = command ? [...fresh, command] : fresh;
  const answered = recent.reduce((sum, { answer, bytes }) => sum + (answer ? bytes : 0), 0);
  if (recent.length <= recentCommands && answered <= ofAll.answers / 2)
    return { ...pastOf(before.past), commands: recent, tidied: fresh.length < before.commands.length };
  return { past: writePast(rememberedOf([...readPast(before.past), ...recent], at)), commands: [], tidied: true };
};

/**
 * What is remembered of these commands, oldest first; with as many of the newest answers as fit, each counted whether or not it still lies
 * there: so it is the same whenever the others joined the past.
 */
const rememberedOf = (commands: Commands, at: string): Commands => {
  const newer = new Map<string | undefined, { keys: number; bytes: number }>();
  return commands
    .toReversed()
    .flatMap(({ answer, ...known }) => {
      const bound = boundOf(known);
      const { keys, bytes } = newer.get(known.apart) ?? { keys: 0, bytes: 0 };
      newer.set(known.apart, { keys: keys + 1, bytes: bytes + known.bytes });
      if (keys >= bound.keys || !isFresh(known.at, at)) return [];
      const fits = bytes < bound.answers / 2 && bytes + known.bytes <= bound.answers;
      return [answer && fits ? { ...known, answer } : known];
    })
    .toReversed();
};

const isFresh = (known: Date, at: string): boolean => Date.parse(at) - known.getTime() <= keptFor;

/** Nearly every command is a new one: the text is taken apart only when its id stands there. */
const mayKnow = ({ commands, past }: Remembered, id: string): boolean =>
  past?.includes(id) === true || commands.some((one) => one.id === id);

const pastOf = (past: string | undefined) => (past === undefined ? {} : { past });

type Row = readonly [id: string, fingerprint: string, at: number, bytes: number, answer?: Answer | null, apart?: string];

const readPast = (past = '[]'): Commands =>
  (JSON.parse(past) as Row[]).map(([id, fingerprint, at, bytes, answer, apart]) => ({
    id,
    fingerprint,
    at: new Date(at),
    bytes,
    ...(answer ? { answer } : {}),
    ...(apart === undefined ? {} : { apart }),
  }));

const writePast = (commands: Commands): string => JSON.stringify(commands.map(toRow));

const toRow = ({ id, fingerprint, at, bytes, answer, apart }: Commands[number]): Row => {
  const known = [id, fingerprint, at.getTime(), bytes] as const;
  if (apart !== undefined) return [...known, answer ?? null, apart];
  return answer ? [...known, answer] : known;
};
