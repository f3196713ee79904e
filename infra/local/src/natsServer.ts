import { glob, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseServerVersion, type ServerVersion } from '@umuhuza/nats/serverConfig';
import { CannotStart } from './cannotStart.ts';
import { alone } from './fileLock.ts';
import {
  firstExecutable,
  type InstallProgress,
  installPackage,
  lastWords,
  type Machine,
  machine,
  onPath,
  type Ran,
  run,
  statusFd,
} from './systemPackages.ts';

export type NatsServer = { readonly path: string; readonly version: ServerVersion };

/** nats-server is not here and could not be installed; the message tells what to type. */
export class NatsNotFound extends CannotStart {
  override readonly name = 'NatsNotFound';
}

export type Way = 'apt' | 'unpack' | 'brew' | 'none';

/** How nats-server can be had on this machine without asking anybody for a password. */
export const wayToInstall = ({ platform, root, has }: Machine): Way => {
  if (platform === 'linux' && has('apt-get') && has('dpkg')) return root ? 'apt' : 'unpack';
  if (has('brew') && !root) return 'brew';
  return 'none';
};

export const adviceFor = (platform: NodeJS.Platform): string =>
  `${platform === 'darwin' ? 'Type `brew install nats-server`' : 'Type `sudo apt-get install nats-server` (or what your system uses instead)'}, or set NATS_URL to a server you run.`;

/** Where generated files of this clone are kept. */
export const cacheDirectory = fileURLToPath(new URL('../../../.cache', import.meta.url));

const versionOf = async (path: string): Promise<ServerVersion | undefined> => {
  const { lines } = await run(path, ['--version'], () => {});
  return parseServerVersion(lines.join('\n'));
};

type Install = (cacheDir: string, onProgress: (progress: InstallProgress) => void) => Promise<Ran>;

const installWithApt: Install = async (_cacheDir, onProgress) => {
  const installed = await installPackage('nats-server', onProgress);
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
