import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { serviceWorkerOffPath, serviceWorkerPath } from './assets.ts';
import { contractsWithoutSchemas } from './contractsWithoutSchemas.ts';
import { indexHtml } from './indexHtml.ts';
import type { Shell } from './worker/keepShell.ts';

const clientFolder = join(import.meta.dirname, 'client');
const workerFolder = join(import.meta.dirname, 'worker');

/** What a script imports at once, and they in turn: a browser that is told of them need not find out one after the other. */
const staticImports = ({ outputs }: Metafile, script: string): readonly string[] => {
  const byName = new Map(Object.entries(outputs).map(([path, output]) => [`/assets/${basename(path)}`, output]));
  const found = new Set([script]);
  for (const path of found)
    for (const { path: imported, kind } of byName.get(path)?.imports ?? [])
      if (kind === 'import-statement') found.add(`/assets/${basename(imported)}`);
  return [...found].slice(1);
};

/** Bundles the page's sources: each output under the path it is served at. */
export const bundle = async (): Promise<ReadonlyMap<string, Buffer>> => {
  // Only a door that has to build loads the bundler, and its helper process ends with the build.
  const esbuild = await import('esbuild');
  try {
    const { outputFiles, metafile } = await esbuild.build({
      entryPoints: [join(clientFolder, 'main.tsx'), join(clientFolder, 'style.css')],
      entryNames: '[name]-[hash]',
      chunkNames: '[name]-[hash]',
      outdir: '/assets',
      bundle: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      minify: true,
      external: ['/favicon.svg'],
      legalComments: 'none',
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [contractsWithoutSchemas],
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
    const entry = (source: string): string => {
      const found = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(source));
      if (!found) throw new Error(`the bundle lacks ${source}`);
      return `/assets/${basename(found[0])}`;
    };
    const script = entry('client/main.tsx');
    const page = indexHtml({ script, alongside: staticImports(metafile, script), styleSheet: entry('client/style.css') });
    const files = new Map([
      ['/favicon.svg', await readFile(join(clientFolder, 'favicon.svg'))],
      ...outputFiles.map(({ path, contents }) => [`/assets/${basename(path)}`, Buffer.from(contents)] as const),
    ]);
    const names = [...files.keys()].sort();
    const version = createHash('sha256').update(page).update(names.join()).digest('hex').slice(0, 16);
    const worker = async (source: string, shell?: Shell): Promise<Buffer> => {
      const {
        outputFiles: [built],
      } = await esbuild.build({
        entryPoints: [join(workerFolder, source)],
        bundle: true,
        format: 'iife',
        target: 'es2022',
        minify: true,
        legalComments: 'none',
        define: { SHELL: JSON.stringify(shell ?? null) },
        write: false,
        logLevel: 'silent',
      });
      if (!built) throw new Error(`the bundle lacks ${source}`);
      return Buffer.from(built.contents);
    };
    return new Map([
      ['/', Buffer.from(page)],
      ...files,
      [serviceWorkerPath, await worker('serviceWorker.ts', { version, script, files: names })],
      [serviceWorkerOffPath, await worker('serviceWorkerOff.ts')],
    ]);
  } finally {
    await esbuild.stop();
  }
};
