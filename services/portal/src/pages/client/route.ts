import { type SandboxRoute, sandboxRouteOf } from './sandbox/sandboxRoute.ts';

/** The views of the page, as its address names them. */
export type Route =
  | { readonly view: 'overview' | 'inbox' | 'unknown' }
  | { readonly view: 'tender'; readonly id: string }
  | SandboxRoute
  | { readonly view: 'contacts'; readonly id?: string }
  | { readonly view: 'programme-office'; readonly code: string };

const details = { tenders: 'tender' } as const;

/** Reads what follows the # of an address. */
export const routeOf = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const steps = path.split('/').filter((step) => step !== '');
  const [first = '', id, ...rest] = steps;
  if (first === '') return { view: 'overview' };
  const sandbox = sandboxRouteOf(steps);
  if (sandbox) return sandbox;
  if (rest.length > 0) return { view: 'unknown' };
  if (first === 'programme-office') return { view: 'programme-office', code: new URLSearchParams(query).get('code') ?? '' };
  if (first === 'inbox') return { view: 'inbox' };
  if (first === 'contacts' || first === 'interests' || first === 'cooperations')
    return id === undefined ? { view: 'contacts' } : { view: 'contacts', id };
  if (id !== undefined && /^[\w-]{1,64}$/.test(id) && Object.hasOwn(details, first))
    return { view: details[first as keyof typeof details], id };
  return { view: 'unknown' };
};
