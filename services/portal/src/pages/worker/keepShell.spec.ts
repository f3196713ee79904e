import { describe, expect, it, vi } from 'vitest';
import { giveUpShell, keepShell, type Shell, type WorkerScope } from './keepShell.ts';

const origin = 'https://umuhuza.example';
const shellOf = (version: string): Shell => ({
  version,
  script: `/assets/main-${version}.js`,
  files: [`/assets/main-${version}.js`, `/assets/View-${version}.js`, '/favicon.svg'],
});

/** A browser that outlives its workers: caches stay; the door serves one version, or is away. */
const browser = () => {
  const stored = new Map<string, Map<string, string>>();
  let door: string | undefined;
  let lost: string | undefined;
  const serve = (path: string): Response => {
    if (path === lost) return new Response('', { status: 404 });
    if (path === '/') return new Response(`<script src="/assets/main-${door}.js">`);
    if (path === '/favicon.svg' || path.endsWith(`-${door}.js`)) return new Response(`${path} of ${door}`);
    return new Response('', { status: 404 });
  };
  const ask = async (url: string): Promise<Response> => {
    if (door === undefined) throw new TypeError('no line');
    return serve(new URL(url).pathname);
  };
  const open = async (name: string) => {
    const cache = stored.get(name) ?? new Map<string, string>();
    stored.set(name, cache);
    return {
      addAll: async (urls: string[]) => {
        const answers = await Promise.all(urls.map(ask));
        if (answers.some(({ ok }) => !ok)) throw new TypeError('a file is missing');
        for (const [n, url] of urls.entries()) cache.set(url, (await answers[n]?.text()) ?? '');
      },
      put: async (url: string, answer: Response) => void cache.set(url, await answer.text()),
      match: async ({ url }: { url: string }) => {
        const body = cache.get(url.replace(/\?.*/, ''));
        return body === undefined ? undefined : new Response(body);
      },
    };
  };
  /** A worker of this version; it settles when the worker has taken over. */
  const start = async (begin: (scope: WorkerScope) => void) => {
    const listeners: Record<string, (event: object) => void> = {};
    const unregister = vi.fn(async () => true);
    begin({
      caches: {
        open,
        keys: async () => [...stored.keys()],
        delete: async (name: string) => stored.delete(name),
        match: async (request: { url: string }) => {
          for (const name of stored.keys()) {
            const found = await (await open(name)).match(request);
            if (found) return found;
          }
          return undefined;
        },
      },
      location: { origin },
      clients: { claim: async () => undefined },
      registration: { unregister },
      fetch: ({ url }: { url: string }) => ask(url),
      skipWaiting: async () => undefined,
      addEventListener: (type: string, listener: (event: object) => void) => {
        listeners[type] = listener;
      },
    } as unknown as WorkerScope);
    for (const type of ['install', 'activate']) {
      let done: Promise<unknown> = Promise.resolve();
      listeners[type]?.({
        waitUntil: (until: Promise<unknown>) => {
          done = until;
        },
      });
      await done;
    }
    return {
      unregister,
      /** What the worker answers; undefined where it leaves the request to the browser. */
      get: async (path: string, more: { method?: string; mode?: string } = {}): Promise<string | undefined> => {
        let answer: Promise<Response> | undefined;
        const request = { method: 'GET', mode: path === '/' ? 'navigate' : 'cors', ...more, url: origin + path };
        listeners.fetch?.({
          request,
          respondWith: (given: Promise<Response>) => {
            answer = given;
          },
        });
        return (await answer)?.text();
      },
    };
  };
  return {
    stored,
    lose: (path: string) => {
      lost = path;
    },
    deploy: (version: string | undefined) => {
      door = version;
    },
    worker: (version: string, isLate?: () => Promise<undefined>) =>
      start((scope) => keepShell(scope, shellOf(version), isLate ?? (() => new Promise(() => undefined)))),
    workerOff: () => start(giveUpShell),
  };
};

describe('the page without a line', () => {
  it('opens as it was kept, with all its files', async () => {
    const { deploy, worker } = browser();
    deploy('v1');
    const { get } = await worker('v1');
    deploy(undefined);
    expect(await get('/')).toContain('main-v1.js');
    expect(await get('/assets/main-v1.js')).toBe('/assets/main-v1.js of v1');
    expect(await get('/assets/View-v1.js')).toBe('/assets/View-v1.js of v1');
    expect(await get('/favicon.svg')).toContain('favicon');
  });
  it('opens as it was kept also where the line only seems to be there', async () => {
    const { deploy, worker } = browser();
    deploy('v1');
    const { get } = await worker('v1', async () => undefined);
    deploy('v2');
    expect(await get('/')).toContain('main-v1.js');
  });
  it('is the door’s wherever the door answers', async () => {
    const { deploy, worker } = browser();
    deploy('v1');
    const { get } = await worker('v1');
    deploy('v2');
    expect(await get('/')).toContain('main-v2.js');
    expect(await get('/assets/main-v2.js')).toBe('/assets/main-v2.js of v2');
  });
  it('fails as it would have where nothing is kept', async () => {
    const { deploy, worker, stored } = browser();
    deploy('v1');
    const { get } = await worker('v1');
    stored.clear();
    deploy(undefined);
    await expect(get('/')).rejects.toThrow('no line');
  });
});

describe('a new version', () => {
  it('leaves the one before to pages that are still open, and nothing older', async () => {
    const { deploy, worker, stored } = browser();
    for (const version of ['v1', 'v2', 'v3']) {
      deploy(version);
      await worker(version);
    }
    const { get } = await worker('v3');
    expect([...stored.keys()]).toEqual(['umuhuza-shell-v2', 'umuhuza-shell-v3']);
    expect(await get('/assets/View-v2.js')).toBe('/assets/View-v2.js of v2');
    deploy(undefined);
    expect(await get('/')).toContain('main-v3.js');
  });
  it('is not begun while the door still has another page', async () => {
    const { deploy, worker } = browser();
    deploy('v1');
    await expect(worker('v2')).rejects.toThrow('the page is of another version');
  });
  it('is not begun with a file missing', async () => {
    const { deploy, worker, stored, lose } = browser();
    deploy('v2');
    const { get } = await worker('v2');
    deploy('v3');
    lose('/assets/View-v3.js');
    await expect(worker('v3')).rejects.toThrow('a file is missing');
    expect([...stored.keys()]).toEqual(['umuhuza-shell-v2']);
    deploy(undefined);
    expect(await get('/')).toContain('main-v2.js');
  });
  it('may be one that was there before', async () => {
    const { deploy, worker, stored } = browser();
    for (const version of ['v1', 'v2', 'v1']) {
      deploy(version);
      await worker(version);
    }
    expect([...stored.keys()].toSorted()).toEqual(['umuhuza-shell-v1', 'umuhuza-shell-v2']);
  });
});

describe('the worker', () => {
  it('leaves everything else to the browser: the interface, other sites, what is sent', async () => {
    const { deploy, worker } = browser();
    deploy('v1');
    const { get } = await worker('v1');
    for (const path of ['/api/tenders', '/api/auth/token', '/openapi.json', '/problems/no-bid', '/tenders/t1'])
      expect(await get(path), path).toBeUndefined();
    expect(await get('/', { method: 'POST' })).toBeUndefined();
    expect(await get('/', { mode: 'cors' })).toBeUndefined();
  });
  it('that takes all back keeps nothing, and goes', async () => {
    const { deploy, worker, workerOff, stored } = browser();
    deploy('v1');
    await worker('v1');
    stored.set('of-something-else', new Map());
    const { unregister, get } = await workerOff();
    expect([...stored.keys()]).toEqual(['of-something-else']);
    expect(unregister).toHaveBeenCalledOnce();
    expect(await get('/')).toBeUndefined();
  });
});
