import { readCursor, writeCursor } from '@umuhuza/service/cursor';
import { z } from 'zod';

/**
 * How far a page has come. Clocks of several replicas differ and a write takes its time, so what came is looked for again over the
 * last `lookBack` seconds, and what the page has had of that time is remembered.
 */
export type Position = {
  readonly at: string;
  /** Short ids with the instants at which they came. */
  readonly had: ReadonlyMap<string, string>;
};

/** Seconds. */
export const lookBack = 30;

/** A position travels in a header, so it stays short; what it no longer remembers may be sent twice, never missed. */
const remembered = 100;
const short = (id: string): string => id.slice(0, 10);

const form = z.tuple([z.iso.datetime({ precision: 3 }), z.array(z.string().max(10)).max(remembered)]);

export const startAt = (at: string): Position => ({ at, had: new Map() });

export const readPosition = (text: string): Position | 'unknown-position' => {
  const read = readCursor(form, text);
  if (read === 'unknown-cursor') return 'unknown-position';
  const [at, had] = read;
  return { at, had: new Map(had.map((id) => [id, at])) };
};

export const writePosition = ({ at, had }: Position): string => writeCursor([at, [...had.keys()]]);

/** From this instant on it must be looked for what the page has not had. */
export const from = ({ at }: Position): string =>
  Temporal.Instant.from(at).subtract({ seconds: lookBack }).toString({ fractionalSecondDigits: 3 });

/** The canonical form of instants makes text order time order. */
export const hasHad = (position: Position, { id, at }: { readonly id: string; readonly at: string }): boolean =>
  at < from(position) || position.had.has(short(id));

export const advance = (position: Position, { id, at }: { readonly id: string; readonly at: string }): Position => {
  const moved = { ...position, at: at > position.at ? at : position.at };
  const since = from(moved);
  const had = [...position.had, [short(id), at] as const].filter(([, came]) => came >= since);
  return { at: moved.at, had: new Map(had.slice(-remembered)) };
};
