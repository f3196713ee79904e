import type { z } from 'zod';

/** An opaque mark of the last item seen: its sort key and id, so that a page stays stable under inserts. */
export const writeCursor = (position: readonly unknown[]): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** The position a cursor of ours holds; what a client made up is a named value, not an error. */
export const readCursor = <Position extends z.ZodType>(
  position: Position,
  cursor: string,
): z.output<Position> | 'unknown-cursor' => {
  let raw: unknown;
  try {
    raw = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return 'unknown-cursor';
  }
  const parsed = position.safeParse(raw);
  return parsed.success ? parsed.data : 'unknown-cursor';
};
