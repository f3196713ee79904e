import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const warning = 40;
/** The kinds of entries that are told; those that came most often first. */
const told = 25;

const entry = z.object({
  time: z.union([z.iso.datetime(), z.number()]).transform((time) => new Date(time)),
  level: z.number(),
  msg: z.string(),
  err: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
});

/** What the services of a data directory and their replicas warned of since an instant, alike entries counted together: who, how often, what and why. */
export const whatLogsSay = async (dataDir: string, since: string): Promise<string[]> => {
  const from = Date.parse(since);
  const counts = new Map<string, number>();
  for await (const file of glob('{,replicas/}logs/*.log', { cwd: dataDir })) {
    const who = file.replace('logs/', '').replace(/\.log$/, '');
    for (const line of (await readFile(join(dataDir, file), 'utf8')).split('\n')) {
      if (!line.startsWith('{')) continue;
      const read = entry.safeParse(parsed(line));
      if (!read.success || read.data.level < warning || read.data.time.getTime() < from) continue;
      const { msg, err } = read.data;
      const why = err ? ` (${err.type ?? 'Error'}: ${(err.message ?? '').split('\n')[0]?.slice(0, 120)})` : '';
      const what = `${who}: ${msg}${why}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, told)
    .map(([what, times]) => `  ${times} times ${what}`);
};

/** A process that was killed leaves its last line half written. */
const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
