import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import type { z } from 'zod';

/** What was asked for cannot be read or was not said; the message is for people. */
export class CannotTell extends Error {
  override readonly name = 'CannotTell';
}

/** The bytes of a file, or of standard input for `-`. */
export const readBytes = async (path: string): Promise<Buffer> => {
  try {
    return path === '-' ? await buffer(process.stdin) : await readFile(path);
  } catch (error) {
    throw new CannotTell(`${path} cannot be read.`, { cause: error });
  }
};

export const readText = async (path: string): Promise<string> => (await readBytes(path)).toString('utf8');

/** Public keys from a file that was fetched earlier, or from the address where they are published. */
export const keysAt = async <Keys>(place: string, schema: z.ZodType<Keys>): Promise<Keys> => {
  let found: unknown;
  try {
    if (/^https?:/.test(place)) {
      const response = await fetch(place, { signal: AbortSignal.timeout(10_000) });
      if (!response.ok) throw new Error(`status ${response.status}`);
      found = await response.json();
    } else found = JSON.parse(await readText(place));
  } catch (error) {
    throw new CannotTell(`The keys at ${place} cannot be read. Name another place with --jwks.`, { cause: error });
  }
  const keys = schema.safeParse(found);
  if (!keys.success) throw new CannotTell(`What is at ${place} is no set of keys.`);
  return keys.data;
};

/** The instant with what the clocks of both countries show. */
export const onBothClocks = (instant: string): string => {
  const on = (zone: string) =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });
  return `${instant}  (Berlin ${on('Europe/Berlin')}, Kigali ${on('Africa/Kigali')})`;
};

/** Ends with 0 when all is as it says, with 1 when it is not, with 2 when that could not be found out. */
export const runVerification = async (run: () => Promise<0 | 1>): Promise<void> => {
  try {
    process.exitCode = await run();
  } catch (error) {
    // What `parseArgs` refuses has a code.
    if (!(error instanceof CannotTell) && !(error instanceof TypeError && 'code' in error)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
};
