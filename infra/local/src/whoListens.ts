import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

const listening = '0A';

/** The inode of the socket that listens on a port, from the text of /proc/net/tcp or tcp6. */
export const listeningInode = (table: string, port: number): string | undefined => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  for (const line of table.split('\n')) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state === listening && local?.endsWith(`:${hex}`)) return inode;
  }
  return undefined;
};

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const holds = async (pid: string, inode: string): Promise<boolean> => {
  // Processes end, and those of other users cannot be looked into: neither is the one we can name.
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return targets.includes(`socket:[${inode}]`);
};

/** Names the program that listens on a port, where the system tells (Linux, one's own processes). */
export const whoListens = async (port: number): Promise<string | undefined> => {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(textOf));
  const inode = tables.map((table) => listeningInode(table, port)).find((found) => found !== undefined);
  if (inode === undefined) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await holds(pid, inode))) continue;
    const [command = '', ...args] = (await textOf(`/proc/${pid}/cmdline`)).split('\0');
    const script = args.find((arg) => /\.[cm]?[jt]s$/.test(arg));
    return `${[basename(command), ...(script ? [script] : [])].join(' ')} (process ${pid})`;
  }
  return undefined;
};
