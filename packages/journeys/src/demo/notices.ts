import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Notices that stand in the project: demonstration buyers, IT work, OCDS 1.1. */
export const demonstrationNotices = fileURLToPath(new URL('../../test-data/demonstration-notices.json', import.meta.url));

/** What the demonstration cannot read; the message names the file and what was expected. */
export class NoticesUnreadable extends Error {
  override readonly name = 'NoticesUnreadable';
}

/** The releases of a file: a release package, a list of releases, or one release. Their content is judged by the import. */
export const readNotices = async (file: string): Promise<unknown[]> => {
  let read: unknown;
  try {
    read = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new NoticesUnreadable(
      `${file} cannot be read as JSON (${(error as Error).message}). Name a file with an OCDS release package.`,
    );
  }
  if (Array.isArray(read)) return read;
  if (read && typeof read === 'object' && 'releases' in read && Array.isArray(read.releases)) return read.releases;
  return [read];
};
