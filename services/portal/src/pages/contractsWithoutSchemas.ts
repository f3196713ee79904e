import { type AppRouter, isAppRoute } from '@ts-rest/core';
import type { Plugin } from 'esbuild';

/**
 * The page takes addresses and types from the contracts; what comes and goes is judged by the services. Without their schemas the
 * contracts weigh next to nothing, and zod stays out of the bundle.
 */
export const contractsWithoutSchemas: Plugin = {
  name: 'contracts-without-schemas',
  setup: (build) => {
    build.onResolve({ filter: /^@umuhuza\/contracts\/\w+\/(api|authApi)$/ }, ({ path }) => ({ path, namespace: 'contract' }));
    build.onLoad({ filter: /.*/, namespace: 'contract' }, async ({ path }) => {
      const exported = (await import(path)) as Readonly<Record<string, AppRouter>>;
      const lines = Object.entries(exported)
        .filter(([name]) => name.endsWith('Api'))
        .map(([name, router]) => `export const ${name} = ${JSON.stringify(withoutSchemas(router))};`);
      return { contents: lines.join('\n'), loader: 'js' };
    });
  },
};

/** What a client reads of a route: how, and where. */
export const withoutSchemas = (router: AppRouter): unknown =>
  Object.fromEntries(
    Object.entries(router).map(([key, entry]) => [
      key,
      isAppRoute(entry) ? { method: entry.method, path: entry.path } : withoutSchemas(entry),
    ]),
  );
