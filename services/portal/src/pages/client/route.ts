import { type SandboxRoute, sandboxRouteOf } from './sandbox/sandboxRoute.ts';

/** The views of the page, as its address names them. */
export type Route =
  | { readonly view: 'overview' | 'inbox' | 'tenders' | 'unknown' }
  | { readonly view: 'tender' | 'tender-bids'; readonly id: string }
  /** A form of several steps; without one it begins with its first. `new` stands for a tender that is not there yet. */
  | { readonly view: 'tender-write' | 'tender-bid'; readonly id: string; readonly step?: string }
  | SandboxRoute
  | { readonly view: 'contacts'; readonly id?: string }
  | { readonly view: 'programme-office'; readonly code: string };

/** Reads what follows the # of an address. */
export const routeOf = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const steps = path.split('/').filter((step) => step !== '');
  const [first = '', id, ...rest] = steps;
  if (first === '') return { view: 'overview' };
  const sandbox = sandboxRouteOf(steps);
  if (sandbox) return sandbox;
  if (first === 'tenders') return tendersRoute(id, rest);
  if (rest.length > 0) return { view: 'unknown' };
  if (first === 'programme-office') return { view: 'programme-office', code: new URLSearchParams(query).get('code') ?? '' };
  if (first === 'inbox') return { view: 'inbox' };
  if (first === 'contacts' || first === 'interests' || first === 'cooperations')
    return id === undefined ? { view: 'contacts' } : { view: 'contacts', id };
  return { view: 'unknown' };
};

const isId = (id: string | undefined): id is string => id !== undefined && /^[\w-]{1,64}$/.test(id);

const forms = { write: 'tender-write', bid: 'tender-bid' } as const;

const tendersRoute = (id: string | undefined, [part, step, ...more]: readonly string[]): Route => {
  if (id === undefined) return { view: 'tenders' };
  if (!isId(id) || more.length > 0 || (step !== undefined && !isId(step))) return { view: 'unknown' };
  if (part === undefined) return id === 'new' ? { view: 'tender-write', id } : { view: 'tender', id };
  if (part === 'bids' && step === undefined) return { view: 'tender-bids', id };
  if (Object.hasOwn(forms, part)) return { view: forms[part as keyof typeof forms], id, ...(step === undefined ? {} : { step }) };
  return { view: 'unknown' };
};
