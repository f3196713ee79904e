import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

const listening = '0A';

/** The inodes of the sockets that listen on a port, from the text of /proc/net/tcp or tcp6; several where it is shared. */
export const listeningInodes = (table: string, port: number): string[] => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === listening && local?.endsWith(`:${hex}`) && inode !== undefined ? [inode] : [];
  });
};

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const holds = async (pid: string, inode: string): Promise<boolean> => {
  // Processes end, and those of other users cannot be looked into: neither is the one we can name.
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return targets.includes(`socket:[${inode}]`);
};

const inodesOn = async (port: number): Promise<string[]> =>
  (await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(textOf))).flatMap((table) => listeningInodes(table, port));

/** Whether this process, and not only another one beside it, listens on the port. False where the system does not tell. */
export const listensOn = async (pid: number, port: number): Promise<boolean> =>
  (await Promise.all((await inodesOn(port)).map((inode) => holds(String(pid), inode)))).includes(true);

/** Names the program that listens on a port, where the system tells (Linux, one's own processes). */
export const whoListens = async (port: number): Promise<string | undefined> => {
  const [inode] = await inodesOn(port);
  if (inode === undefined) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await holds(pid, inode))) continue;
    const [command = '', ...args] = (await textOf(`/proc/${pid}/cmdline`)).split('\0');
    const script = args.find((arg) => /\.[cm]?[jt]s$/.test(arg));
    return `${[basename(command), ...(script ? [script] : [])].join(' ')} (process ${pid})`;
  }
  return undefined;
};
