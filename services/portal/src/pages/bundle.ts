import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { contractsWithoutSchemas } from './contractsWithoutSchemas.ts';
import { indexHtml } from './indexHtml.ts';

const clientFolder = join(import.meta.dirname, 'client');

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
    return new Map([
      ['/', Buffer.from(page)],
      ['/favicon.svg', await readFile(join(clientFolder, 'favicon.svg'))],
      ...outputFiles.map(({ path, contents }) => [`/assets/${basename(path)}`, Buffer.from(contents)] as const),
    ]);
  } finally {
    await esbuild.stop();
  }
};
