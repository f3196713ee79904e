import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const accounts = z.object({ password: z.string().min(20) });

/**
 * The demonstration accounts' password: random, made at the first run and kept beside the system's data, so that a second run signs in
 * again and nobody knows it beforehand.
 */
export const demoPassword = async (file: string): Promise<string> => {
  try {
    return accounts.parse(JSON.parse(await readFile(file, 'utf8'))).password;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const password = randomBytes(24).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ password })}\n`, { mode: 0o600 });
  return password;
};
