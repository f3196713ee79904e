import type { Answer, BookDocument } from './bookDocument.ts';
import type { Cause, CommandCause } from './cause.ts';
import type { Refused } from './decision.ts';
import { add, includes, type SequenceSet } from './sequenceSet.ts';

/** How long a command's key is remembered, in milliseconds: seven days. */
const keptFor = 7 * 24 * 3600 * 1000;
export const forgottenAt = (at: string): Date => new Date(Date.parse(at) + keptFor);

/**
 * `answers`: how many bytes of answers a document holds at most, the newest first; half of it is remembered. They lie in the document that
 * each change reads and writes, and others than its owner can make it remember. `keys`: how many commands it knows. Older ones lie in a
 * collection of their own (`firstAnswers.ts`). Where somebody's commands lie does not depend on the commands that are kept apart from them
 * (docs/decisions/0205).
 */
const ofAll = { answers: 128 * 1024, keys: 5_000 };
const ofOneApart = { answers: 16 * 1024, keys: 200 };
/** Anybody may be refused, so refusals are remembered apart from what took effect: a flood of them only makes older refusals go. */
const ofRefused = { answers: 64 * 1024, keys: 500 };
type Whose = Pick<Commands[number], 'apart' | 'refusal'>;
const boundOf = ({ apart, refusal }: Whose) => (apart !== undefined ? ofOneApart : refusal === undefined ? ofAll : ofRefused);
/** Who shares a memory: each of those apart, the refused, and all others. */
const memoryOf = ({ apart, refusal }: Whose): string =>
  apart !== undefined ? `apart ${apart}` : refusal === undefined ? 'all' : 'refused';

/** When so many commands lie in the document one by one, or more bytes of answers than half of what all may hold, they join the past. */
const recentCommands = 64;

export type Commands = BookDocument<unknown>['commands'];
type Remembered = Pick<BookDocument<unknown>, 'commands' | 'past' | 'elsewhere'>;

/**
 * False: new. True: applied, without an answer kept. An answer or a refusal: the first one. `elsewhere` is what lies of the command outside the
 * document.
 */
export const appliedBefore = (
  document: Remembered & Pick<BookDocument<unknown>, 'applied'>,
  cause: Cause,
  elsewhere?: Commands[number],
): boolean | Answer | Refused<string> | 'other-request' => {
  switch (cause.kind) {
    case 'command': {
      const there = elsewhere && isFresh(elsewhere.at, cause.at) ? elsewhere : undefined;
      const first = knownIn(document, cause) ?? there;
      if (!first) return false;
      if (first.fingerprint !== cause.fingerprint) return 'other-request';
      return first.refusal ?? first.answer ?? there?.refusal ?? there?.answer ?? true;
    }
    case 'event': {
      const from = document.applied.find(({ aggregate }) => aggregate === cause.aggregate);
      return from !== undefined && includes(from.sequences, cause.sequence);
    }
    case 'time':
      return false;
  }
};

/** Whether something of this command may lie outside the document: its first answer, or all that was known of it. */
export const mayLieElsewhere = (document: Remembered, cause: Cause): boolean => {
  if (cause.kind !== 'command') return false;
  const known = knownIn(document, cause);
  if (known) return !known.answer && !known.refusal;
  const memories = cause.apart === undefined ? ['all', 'refused'] : [memoryOf(cause)];
  return (document.elsewhere ?? []).some(
    ({ memory, until }) => memories.includes(memory) && until.getTime() >= Date.parse(cause.at),
  );
};

const knownIn = ({ commands, past }: Remembered, { id, at }: CommandCause): Commands[number] | undefined =>
  mayKnow({ commands, ...pastOf(past) }, id)
    ? [...readPast(past), ...commands].findLast((one) => one.id === id && isFresh(one.at, at))
    : undefined;

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
 * What a document goes on remembering of the commands that lie in it, before newer ones are added: seven days, bounded in number and in the
 * bytes of answers. `moved` has to lie elsewhere before it goes from here. `tidied` tells that something goes or joined the past, so that
 * adding alone is not enough.
 */
export const withRoom = (before: Remembered, at: string): Remembered & { readonly tidied: boolean; readonly moved: Commands } => {
  const fresh = before.commands.filter((known) => isFresh(known.at, at));
  const answered = fresh.reduce((sum, { answer, refusal, bytes }) => sum + (answer || refusal ? bytes : 0), 0);
  const marks = marksOf(before.elsewhere);
  if (fresh.length < recentCommands && answered <= ofAll.answers / 2)
    return { ...pastOf(before.past), ...marks, commands: fresh, tidied: fresh.length < before.commands.length, moved: [] };
  const { kept, moved, gone } = parted([...readPast(before.past), ...fresh], at);
  return { past: writePast(kept), ...marksOf(marksAfter(before.elsewhere, gone, at)), commands: [], tidied: true, moved };
};

/**
 * Which of these commands stay in the document, oldest first; with as many of the newest answers as fit, each counted whether or not it
 * still lies there: so it is the same whenever the others joined the past. Of those `gone` not even the key stays.
 */
const parted = (
  commands: Commands,
  at: string,
): { readonly kept: Commands; readonly moved: Commands; readonly gone: Commands } => {
  const newer = new Map<string, { keys: number; bytes: number }>();
  const [kept, moved, gone]: [Commands, Commands, Commands] = [[], [], []];
  for (const command of commands.filter((known) => isFresh(known.at, at)).toReversed()) {
    const { answer, ...known } = command;
    const [bound, memory] = [boundOf(known), memoryOf(known)];
    const { keys, bytes } = newer.get(memory) ?? { keys: 0, bytes: 0 };
    newer.set(memory, { keys: keys + 1, bytes: bytes + known.bytes });
    const fits = bytes < bound.answers / 2 && bytes + known.bytes <= bound.answers;
    // Of what took effect the key alone is worth keeping here; a refusal is nothing without its reason.
    const goes = keys >= bound.keys || (known.refusal !== undefined && !fits);
    if (goes) gone.push(command);
    else kept.push(fits ? command : known);
    if (goes || (answer && !fits)) moved.push(command);
  }
  return { kept: kept.toReversed(), moved, gone };
};

type Marks = NonNullable<Remembered['elsewhere']>;

const marksAfter = (before: Marks = [], gone: Commands, at: string): Marks => {
  const until = new Map(before.filter((mark) => mark.until.getTime() >= Date.parse(at)).map((mark) => [mark.memory, mark.until]));
  for (const command of gone) {
    const memory = memoryOf(command);
    const end = forgottenAt(command.at.toISOString());
    if (end > (until.get(memory) ?? 0)) until.set(memory, end);
  }
  return [...until].map(([memory, end]) => ({ memory, until: end }));
};

const marksOf = (elsewhere: Marks | undefined) => (elsewhere === undefined ? {} : { elsewhere });

const isFresh = (known: Date, at: string): boolean => Date.parse(at) - known.getTime() <= keptFor;

/** Nearly every command is a new one: the text is taken apart only when its id stands there. */
const mayKnow = ({ commands, past }: Pick<Remembered, 'commands' | 'past'>, id: string): boolean =>
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
