import type { Answer, BookDocument } from './bookDocument.ts';
import type { Cause } from './cause.ts';
import type { Refused } from './decision.ts';
import { add, includes, type SequenceSet } from './sequenceSet.ts';

/** How long a command's key is remembered, in milliseconds: seven days. */
const keptFor = 7 * 24 * 3600 * 1000;
export const forgottenAt = (at: string): Date => new Date(Date.parse(at) + keptFor);

/**
 * `answers`: how many bytes of answers a document holds at most, the newest first; half of it is remembered. They lie in the document that
 * each change reads and writes, and others than its owner can make it remember. An older answer is computed anew from the present state
 * when it is asked for again. `keys`: how many commands are remembered, a bound for floods that no client with a person behind it comes
 * near. What somebody's commands are remembered by does not depend on the commands that are kept apart from them
 * (docs/decisions/0205).
 */
const ofAll = { answers: 128 * 1024, keys: 5_000 };
const ofOneApart = { answers: 16 * 1024, keys: 200 };
/** Anybody may be refused, so refusals are remembered apart from what took effect: a flood of them only makes older refusals forgotten. */
const ofRefused = { answers: 64 * 1024, keys: 500 };
const boundOf = ({ apart, refusal }: Commands[number]) =>
  apart !== undefined ? ofOneApart : refusal === undefined ? ofAll : ofRefused;
/** Who shares a memory: each of those apart, the refused, and all others. */
const memoryOf = ({ apart, refusal }: Commands[number]): string =>
  apart !== undefined ? `apart ${apart}` : refusal === undefined ? 'all' : 'refused';

/** How many commands lie in the document one by one; when there are more, or more bytes of answers than half of what all may hold, they join the past. */
const recentCommands = 64;

type Commands = BookDocument<unknown>['commands'];
type Remembered = Pick<BookDocument<unknown>, 'commands' | 'past'>;

/** False: new. True: applied, without an answer kept. An answer or a refusal: the first one. */
export const appliedBefore = (
  document: BookDocument<unknown>,
  cause: Cause,
): boolean | Answer | Refused<string> | 'other-request' => {
  switch (cause.kind) {
    case 'command': {
      if (!mayKnow(document, cause.id)) return false;
      const first = rememberedOf([...readPast(document.past), ...document.commands], cause.at).findLast(
        ({ id }) => id === cause.id,
      );
      if (!first) return false;
      return first.fingerprint === cause.fingerprint ? (first.refusal ?? first.answer ?? true) : 'other-request';
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
 * A decision without facts is remembered too where repeating it later could end otherwise: for events, since a broker may replay its whole
 * stream, wherever there is an aggregate; for a client's named request always, whether it was accepted or refused: of two equal requests at
 * two replicas, one just before a deadline and one just after, both are told the same, and what was refused once never takes effect.
 */
export const mustBeRemembered = (cause: Cause, isThere: boolean): boolean =>
  (cause.kind === 'event' && isThere) || (cause.kind === 'command' && cause.repeatable);

export const remembered = (
  cause: Cause,
  told: { readonly answer: Answer } | { readonly refusal: Refused<string> },
): Commands[number] | undefined =>
  cause.kind === 'command' && cause.repeatable
    ? {
        id: cause.id,
        fingerprint: cause.fingerprint,
        at: new Date(cause.at),
        bytes: JSON.stringify('answer' in told ? told.answer : told.refusal).length,
        ...told,
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
  const answered = recent.reduce((sum, { answer, refusal, bytes }) => sum + (answer || refusal ? bytes : 0), 0);
  if (recent.length <= recentCommands && answered <= ofAll.answers / 2)
    return { ...pastOf(before.past), commands: recent, tidied: fresh.length < before.commands.length };
  return { past: writePast(rememberedOf([...readPast(before.past), ...recent], at)), commands: [], tidied: true };
};

/**
 * What is remembered of these commands, oldest first; with as many of the newest answers as fit, each counted whether or not it still lies
 * there: so it is the same whenever the others joined the past.
 */
const rememberedOf = (commands: Commands, at: string): Commands => {
  const newer = new Map<string, { keys: number; bytes: number }>();
  return commands
    .toReversed()
    .flatMap(({ answer, ...known }) => {
      const [bound, memory] = [boundOf(known), memoryOf(known)];
      const { keys, bytes } = newer.get(memory) ?? { keys: 0, bytes: 0 };
      newer.set(memory, { keys: keys + 1, bytes: bytes + known.bytes });
      if (keys >= bound.keys || !isFresh(known.at, at)) return [];
      const fits = bytes < bound.answers / 2 && bytes + known.bytes <= bound.answers;
      // Of what took effect the key alone is worth keeping; a refusal is nothing without its reason.
      if (known.refusal && !fits) return [];
      return [answer && fits ? { ...known, answer } : known];
    })
    .toReversed();
};

const isFresh = (known: Date, at: string): boolean => Date.parse(at) - known.getTime() <= keptFor;

/** Nearly every command is a new one: the text is taken apart only when its id stands there. */
const mayKnow = ({ commands, past }: Remembered, id: string): boolean =>
  past?.includes(id) === true || commands.some((one) => one.id === id);

const pastOf = (past: string | undefined) => (past === undefined ? {} : { past });

type Row = readonly [
  id: string,
  fingerprint: string,
  at: number,
  bytes: number,
  told?: Answer | Refused<string> | null,
  apart?: string,
];

const readPast = (past = '[]'): Commands =>
  (JSON.parse(past) as Row[]).map(([id, fingerprint, at, bytes, told, apart]) => ({
    id,
    fingerprint,
    at: new Date(at),
    bytes,
    ...(told ? ('refused' in told ? { refusal: told } : { answer: told }) : {}),
    ...(apart === undefined ? {} : { apart }),
  }));

const writePast = (commands: Commands): string => JSON.stringify(commands.map(toRow));

const toRow = ({ id, fingerprint, at, bytes, answer, refusal, apart }: Commands[number]): Row => {
  const known = [id, fingerprint, at.getTime(), bytes] as const;
  const told = answer ?? refusal;
  if (apart !== undefined) return [...known, told ?? null, apart];
  return told ? [...known, told] : known;
};
