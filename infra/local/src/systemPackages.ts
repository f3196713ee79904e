import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

export type InstallProgress = { readonly text: string; readonly percent?: number };

export type Machine = { readonly platform: NodeJS.Platform; readonly root: boolean; readonly has: (command: string) => boolean };

/** One line of apt's status stream, like `pmstatus:nats-server:40.0:Unpacking nats-server`. */
export const parseAptStatus = (line: string): InstallProgress | undefined => {
  const [kind, , percent, ...text] = line.split(':');
  if (kind !== 'dlstatus' && kind !== 'pmstatus') return undefined;
  return { text: text.join(':').trim(), percent: Math.round(Number(percent)) };
};

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

export const firstExecutable = async (paths: readonly string[]): Promise<string | undefined> => {
  for (const path of paths) if (await isExecutable(path)) return path;
  return undefined;
};

// Debian keeps servers in /usr/sbin, which an ordinary user's PATH leaves out.
const searchPath = (): string[] => [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Where a command of this machine is. */
export const onPath = (command: string) => firstExecutable(searchPath().map((folder) => join(folder, command)));

export type Ran = { readonly ok: boolean; readonly lines: readonly string[] };

export const run = (
  command: string,
  args: readonly string[],
  onProgress: (progress: InstallProgress) => void,
  cwd?: string,
): Promise<Ran> =>
  new Promise((resolve) => {
    const lines: string[] = [];
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        LC_ALL: 'C',
        DEBIAN_FRONTEND: 'noninteractive',
        // The Debian package starts a server of its own on every address; only ours is wanted.
        RUNLEVEL: '1',
        SYSTEMD_OFFLINE: '1',
      },
    });
    const [, out, err, status] = child.stdio;
    for (const stream of [out, err]) {
      if (stream instanceof Readable) createInterface({ input: stream }).on('line', (line) => lines.push(line));
    }
    if (status instanceof Readable) {
      createInterface({ input: status }).on('line', (line) => {
        const progress = parseAptStatus(line);
        if (progress) onProgress(progress);
      });
    }
    child.once('error', (error) => resolve({ ok: false, lines: [...lines, error.message] }));
    child.once('close', (code) => resolve({ ok: code === 0, lines }));
  });

/** What a command said last of its failure. */
export const lastWords = ({ lines }: Ran): string =>
  (lines.findLast((line) => /^E: |Error/.test(line)) ?? lines.at(-1) ?? 'no reason given').replace(/^E: /, '');

export const statusFd = ['-o', 'APT::Status-Fd=3'];

/** Installs a package of the system, as root; what it is done with is told while it goes on. */
export const installPackage = async (name: string, onProgress: (progress: InstallProgress) => void): Promise<Ran> => {
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  const install = () => run('apt-get', [...statusFd, ...wait, 'install', '-y', '--no-install-recommends', name], onProgress);
  let installed = await install();
  if (!installed.ok) {
    // The package lists are missing (a fresh image) or older than the archive.
    onProgress({ text: 'Refreshing the package lists' });
    const refreshed = await run('apt-get', [...statusFd, ...wait, 'update'], onProgress);
    if (!refreshed.ok) return refreshed;
    installed = await install();
  }
  return installed;
};

/** What can be done on this machine. */
export const machine = async (): Promise<Machine> => {
  const commands = ['apt-get', 'dpkg', 'brew'];
  const there = new Set<string>();
  for (const command of commands) if (await onPath(command)) there.add(command);
  return { platform: process.platform, root: process.getuid?.() === 0, has: (command) => there.has(command) };
};
