import { createHash } from 'node:crypto';
import { glob, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Asset, compressed, type Pages, toPages } from './assets.ts';
import { bundle } from './bundle.ts';

const root = join(import.meta.dirname, '../../../..');

/** What the page is made of; a change to any of them makes it anew. */
const sources = ['services/portal/src/pages/**/*', 'packages/contracts/src/*/{api,authApi}.ts', 'package-lock.json'];

export type BuildOptions = { readonly logger: Logger; readonly cacheFolder?: string };

/** The page, bundled and compressed; taken from the cache while its sources and dependencies are those of the last build. */
export const buildPages = async ({ logger, cacheFolder = join(root, '.cache/portal') }: BuildOptions): Promise<Pages> => {
  const begun = performance.now();
  const state = await stateOfSources();
  try {
    const kept = await readKept(cacheFolder, state);
    if (kept) return toPages(kept);
  } catch (error) {
    logger.warn({ err: error }, 'the page that was built before cannot be read; it is built again');
  }
  const built = new Map(
    await Promise.all([...(await bundle())].map(async ([path, plain]) => [path, await compressed(plain)] as const)),
  );
  logger.info(
    { ms: Math.round(performance.now() - begun), firstVisit: sizesOf(firstVisit(built)), whole: sizesOf(built) },
    'built the page',
  );
  try {
    await keep(cacheFolder, state, built);
  } catch (error) {
    logger.warn({ err: error }, 'the built page could not be kept; the next start builds it again');
  }
  return toPages(built);
};

/** What a browser fetches to show the way in: the page itself and what it names. Views, and other languages than English, come later. */
export const firstVisit = (assets: ReadonlyMap<string, Asset>): ReadonlyMap<string, Asset> => {
  const named = [...textOf(assets, '/').matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
  return new Map([...assets].filter(([path]) => path === '/' || named.includes(path)));
};

/** The same with a view, like `Overview`, and what that imports. */
export const visitOf = (assets: ReadonlyMap<string, Asset>, view: string): ReadonlyMap<string, Asset> => {
  const found = new Set([
    ...firstVisit(assets).keys(),
    ...[...assets.keys()].filter((path) => path.startsWith(`/assets/${view}-`)),
  ]);
  for (const path of found)
    for (const [, imported] of textOf(assets, path).matchAll(/(?:from|import)"\.\/([^"]+)"/g)) found.add(`/assets/${imported}`);
  return new Map([...assets].filter(([path]) => found.has(path)));
};

const textOf = (assets: ReadonlyMap<string, Asset>, path: string): string => assets.get(path)?.plain.toString() ?? '';

/** Bytes over the line. */
export const sizesOf = (assets: ReadonlyMap<string, Asset>): { readonly brotliBytes: number; readonly gzipBytes: number } => ({
  brotliBytes: [...assets.values()].reduce((bytes, { brotli }) => bytes + brotli.length, 0),
  gzipBytes: [...assets.values()].reduce((bytes, { gzip }) => bytes + gzip.length, 0),
});

const stateOfSources = async (): Promise<string> => {
  const hash = createHash('sha256');
  const files = (await Array.fromAsync(glob(sources, { cwd: root, withFileTypes: true })))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files)
    hash
      .update(file.slice(root.length))
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex').slice(0, 32);
};

/** A path of the page as a file's name and back; `/` is `index.html`. */
const fileOf = (path: string): string => (path === '/' ? 'index.html' : path.slice(1).replaceAll('/', '~'));
const pathOf = (file: string): string => (file === 'index.html' ? '/' : `/${file.replaceAll('~', '/')}`);

const readKept = async (cacheFolder: string, state: string): Promise<ReadonlyMap<string, Asset> | undefined> => {
  const folder = join(cacheFolder, state);
  let files: string[];
  try {
    files = await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const names = files.filter((file) => !/\.(gz|br)$/.test(file));
  return new Map(
    await Promise.all(
      names.map(async (file) => {
        const read = (ending: string) => readFile(join(folder, file + ending));
        const [plain, gzip, brotli] = await Promise.all([read(''), read('.gz'), read('.br')]);
        return [pathOf(file), { plain, gzip, brotli }] as const;
      }),
    ),
  );
};

/** Written aside and moved into place whole, so that a door that starts meanwhile finds all of it or nothing. */
const keep = async (cacheFolder: string, state: string, assets: ReadonlyMap<string, Asset>): Promise<void> => {
  await mkdir(cacheFolder, { recursive: true });
  const aside = await mkdtemp(join(cacheFolder, 'building-'));
  for (const [path, { plain, gzip, brotli }] of assets) {
    const file = join(aside, fileOf(path));
    await Promise.all([writeFile(file, plain), writeFile(`${file}.gz`, gzip), writeFile(`${file}.br`, brotli)]);
  }
  const older = (await readdir(cacheFolder)).filter((name) => /^[0-9a-f]{32}$/.test(name) && name !== state);
  try {
    await rename(aside, join(cacheFolder, state));
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    // Another door was quicker, with the same content.
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST'))) throw error;
  }
  for (const name of older) await rm(join(cacheFolder, name), { recursive: true, force: true });
};
