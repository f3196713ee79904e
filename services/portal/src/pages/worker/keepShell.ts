/** One version of the page: all files it may ask for, and the script by which it is known. */
export type Shell = { readonly version: string; readonly script: string; readonly files: readonly string[] };

type Awaiting = { readonly waitUntil: (done: Promise<unknown>) => void };
type Asking = { readonly request: Request; readonly respondWith: (answer: Promise<Response>) => void };

/** What a service worker finds around it, as far as it is used. */
export type WorkerScope = {
  readonly caches: Pick<CacheStorage, 'open' | 'keys' | 'delete' | 'match'>;
  readonly location: Pick<Location, 'origin'>;
  readonly clients: { readonly claim: () => Promise<void> };
  readonly registration: { readonly unregister: () => Promise<boolean> };
  readonly fetch: (request: Request) => Promise<Response>;
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: ((type: 'install' | 'activate', listener: (event: Awaiting) => void) => void) &
    ((type: 'fetch', listener: (event: Asking) => void) => void);
};

const prefix = 'umuhuza-shell-';
/** Milliseconds after which the kept page stands in for one that does not come. */
const patience = 4_000;

/**
 * Keeps the page and its files, whole and of one version, so that it opens without a line. Nothing else is touched: what comes from
 * `/api` is neither kept nor answered here.
 */
export const keepShell = (scope: WorkerScope, shell: Shell, isLate = () => after(patience)): void => {
  const { caches, location } = scope;
  const own = prefix + shell.version;

  const keep = async (): Promise<void> => {
    const page = await scope.fetch(new Request(`${location.origin}/`, { cache: 'no-cache' }));
    // While a new version is rolled out, one door may have it and the other not yet: a page of one with files of the other would be broken.
    if (!page.ok || !(await page.clone().text()).includes(shell.script)) throw new Error('the page is of another version');
    const isNew = !(await caches.keys()).includes(own);
    const cache = await caches.open(own);
    try {
      await cache.addAll(shell.files.map((file) => location.origin + file));
      await cache.put(`${location.origin}/`, page);
    } catch (error) {
      // The browser tries again at the next visit; what is kept meanwhile is whole.
      if (isNew) await caches.delete(own);
      throw error;
    }
  };

  /** Pages of the version before are still open somewhere and load views; those of older ones are led to load anew. */
  const dropOlder = async (): Promise<void> => {
    const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own);
    await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  };

  const kept = async (request: Request): Promise<Response | undefined> => {
    const cache = await caches.open(own);
    return cache.match(request, { ignoreVary: true, ignoreSearch: true });
  };

  const page = async (request: Request): Promise<Response> => {
    const fromDoor = scope.fetch(request);
    const fromDoorIfAny = fromDoor.catch(() => undefined);
    const soon = await Promise.race([fromDoorIfAny, isLate()]);
    return soon ?? (await kept(request)) ?? fromDoor;
  };

  const file = async (request: Request): Promise<Response> =>
    (await kept(request)) ?? (await caches.match(request, { ignoreVary: true })) ?? scope.fetch(request);

  scope.addEventListener('install', (event) => event.waitUntil(keep().then(() => scope.skipWaiting())));
  scope.addEventListener('activate', (event) => event.waitUntil(dropOlder().then(() => scope.clients.claim())));
  scope.addEventListener('fetch', (event) => {
    const { method, mode, url } = event.request;
    const { origin, pathname } = new URL(url);
    if (method !== 'GET' || origin !== location.origin) return;
    if (pathname === '/' && mode === 'navigate') event.respondWith(page(event.request));
    else if (isFile(pathname)) event.respondWith(file(event.request));
  });
};

const isFile = (path: string): boolean => path.startsWith('/assets/') || path === '/favicon.svg';

const after = (milliseconds: number): Promise<undefined> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The worker that takes back what others kept, and itself. */
export const giveUpShell = (scope: WorkerScope): void => {
  scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
  scope.addEventListener('activate', (event) =>
    event.waitUntil(
      (async () => {
        const names = (await scope.caches.keys()).filter((name) => name.startsWith(prefix));
        await Promise.all(names.map((name) => scope.caches.delete(name)));
        await scope.registration.unregister();
      })(),
    ),
  );
};
