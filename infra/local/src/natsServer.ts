import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, glob, mkdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parseServerVersion, type ServerVersion } from '@umuhuza/nats/serverConfig';
import { CannotStart } from './cannotStart.ts';
import { alone } from './fileLock.ts';

export type NatsServer = { readonly path: string; readonly version: ServerVersion };

export type InstallProgress = { readonly text: string; readonly percent?: number };

/** nats-server is not here and could not be installed; the message tells what to type. */
export class NatsNotFound extends CannotStart {
  override readonly name = 'NatsNotFound';
}

export type Machine = { readonly platform: NodeJS.Platform; readonly root: boolean; readonly has: (command: string) => boolean };
export type Way = 'apt' | 'unpack' | 'brew' | 'none';

/** How nats-server can be had on this machine without asking anybody for a password. */
export const wayToInstall = ({ platform, root, has }: Machine): Way => {
  if (platform === 'linux' && has('apt-get') && has('dpkg')) return root ? 'apt' : 'unpack';
  if (has('brew') && !root) return 'brew';
  return 'none';
};

export const adviceFor = (platform: NodeJS.Platform): string =>
  `${platform === 'darwin' ? 'Type `brew install nats-server`' : 'Type `sudo apt-get install nats-server` (or what your system uses instead)'}, or set NATS_URL to a server you run.`;

/** One line of apt's status stream, like `pmstatus:nats-server:40.0:Unpacking nats-server`. */
export const parseAptStatus = (line: string): InstallProgress | undefined => {
  const [kind, , percent, ...text] = line.split(':');
  if (kind !== 'dlstatus' && kind !== 'pmstatus') return undefined;
  return { text: text.join(':').trim(), percent: Math.round(Number(percent)) };
};

/** Where generated files of this clone are kept. */
export const cacheDirectory = fileURLToPath(new URL('../../../.cache', import.meta.url));

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

const firstExecutable = async (paths: readonly string[]): Promise<string | undefined> => {
  for (const path of paths) if (await isExecutable(path)) return path;
  return undefined;
};

// Debian keeps servers in /usr/sbin, which an ordinary user's PATH leaves out.
const searchPath = (): string[] => [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

const onPath = (command: string) => firstExecutable(searchPath().map((folder) => join(folder, command)));

type Ran = { readonly ok: boolean; readonly lines: readonly string[] };

const run = (
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

const versionOf = async (path: string): Promise<ServerVersion | undefined> => {
  const { lines } = await run(path, ['--version'], () => {});
  return parseServerVersion(lines.join('\n'));
};

const lastWords = ({ lines }: Ran): string =>
  (lines.findLast((line) => /^E: |Error/.test(line)) ?? lines.at(-1) ?? 'no reason given').replace(/^E: /, '');

const statusFd = ['-o', 'APT::Status-Fd=3'];

type Install = (cacheDir: string, onProgress: (progress: InstallProgress) => void) => Promise<Ran>;

const installWithApt: Install = async (_cacheDir, onProgress) => {
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  const install = () =>
    run('apt-get', [...statusFd, ...wait, 'install', '-y', '--no-install-recommends', 'nats-server'], onProgress);
  let installed = await install();
  if (!installed.ok) {
    // The package lists are missing (a fresh image) or older than the archive.
    onProgress({ text: 'Refreshing the package lists' });
    const refreshed = await run('apt-get', [...statusFd, ...wait, 'update'], onProgress);
    if (!refreshed.ok) return refreshed;
    installed = await install();
  }
  if (installed.ok && (await onPath('systemctl'))) {
    const disabled = await run('systemctl', ['disable', 'nats-server.service'], onProgress);
    if (!disabled.ok) onProgress({ text: `The package's own service stays enabled: ${lastWords(disabled)}` });
  }
  return installed;
};

const unpackedServer = (cacheDir: string) => join(cacheDir, 'nats-server', 'usr', 'sbin', 'nats-server');

const unpack: Install = async (cacheDir, onProgress) => {
  const folder = join(cacheDir, 'nats-server');
  await mkdir(folder, { recursive: true });
  const own = ['-o', `Dir::State::Lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${join(folder, 'apt')}`];
  let downloaded = await run('apt-get', [...statusFd, 'download', 'nats-server'], onProgress, folder);
  if (!downloaded.ok) {
    // Without root the system's lists cannot be refreshed, so this clone keeps its own.
    onProgress({ text: 'Fetching the package lists' });
    await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
    await mkdir(join(folder, 'apt', 'archives', 'partial'), { recursive: true });
    const refreshed = await run('apt-get', [...statusFd, ...own, 'update'], onProgress, folder);
    if (!refreshed.ok) return refreshed;
    downloaded = await run('apt-get', [...statusFd, ...own, 'download', 'nats-server'], onProgress, folder);
  }
  if (!downloaded.ok) return downloaded;
  const packages = await Array.fromAsync(glob('nats-server_*.deb', { cwd: folder }));
  const newest = packages.sort().at(-1);
  if (!newest) return { ok: false, lines: ['apt-get downloaded no nats-server package'] };
  onProgress({ text: `Unpacking ${newest}` });
  const unpacked = await run('dpkg', ['-x', newest, '.'], onProgress, folder);
  for (const name of [...packages, 'lists', 'apt']) await rm(join(folder, name), { recursive: true, force: true });
  return unpacked;
};

const installWithBrew: Install = (_cacheDir, onProgress) => run('brew', ['install', 'nats-server'], onProgress);

const installBy: Record<Exclude<Way, 'none'>, Install> = { apt: installWithApt, unpack, brew: installWithBrew };

const find = async (cacheDir: string): Promise<NatsServer | undefined> => {
  const path = (await onPath('nats-server')) ?? (await firstExecutable([unpackedServer(cacheDir)]));
  if (!path) return undefined;
  const version = await versionOf(path);
  if (!version) throw new NatsNotFound(`${path} does not run or tells no version. ${adviceFor(process.platform)}`);
  return { path, version };
};

const machine = async (): Promise<Machine> => {
  const commands = ['apt-get', 'dpkg', 'brew'];
  const there = new Set<string>();
  for (const command of commands) if (await onPath(command)) there.add(command);
  return { platform: process.platform, root: process.getuid?.() === 0, has: (command) => there.has(command) };
};

export type EnsureOptions = {
  readonly cacheDir?: string;
  readonly onProgress?: (progress: InstallProgress) => void;
};

/**
 * The nats-server of this machine; installed from the system's packages when there is none.
 * Several processes may ask at once: one installs, the others wait for it.
 */
export const ensureNatsServer = async ({
  cacheDir = cacheDirectory,
  onProgress = () => {},
}: EnsureOptions = {}): Promise<NatsServer> => {
  const found = await find(cacheDir);
  if (found) return found;
  return alone(
    join(cacheDir, 'nats-server.lock'),
    async () => {
      const meanwhile = await find(cacheDir);
      if (meanwhile) return meanwhile;
      const here = await machine();
      const way = wayToInstall(here);
      if (way === 'none') throw new NatsNotFound(`nats-server is not installed. ${adviceFor(here.platform)}`);
      onProgress({ text: 'Installing nats-server from the system’s packages (this once)' });
      const installed = await installBy[way](cacheDir, onProgress);
      const server = await find(cacheDir);
      if (server) return server;
      throw new NatsNotFound(`nats-server could not be installed (${lastWords(installed)}). ${adviceFor(here.platform)}`);
    },
    () => onProgress({ text: 'Waiting for another start that is installing nats-server' }),
  );
};
