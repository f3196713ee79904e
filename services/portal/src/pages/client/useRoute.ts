import { useMemo, useSyncExternalStore } from 'react';
import { type Route, routeOf } from './route.ts';

const onChange = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
};

export const useRoute = (): Route => {
  const hash = useSyncExternalStore(onChange, () => location.hash);
  return useMemo(() => routeOf(hash), [hash]);
};

/** Goes to the overview and leaves nothing of the present address behind: it may hold a one-time code. */
export const goHomeForgetting = (): void => {
  history.replaceState(null, '', '#/');
  dispatchEvent(new HashChangeEvent('hashchange'));
};
