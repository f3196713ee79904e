import { mayPass } from './answers.ts';
import { newKey } from './key.ts';

/**
 * Gives each thing that somebody wants done one Idempotency-Key, however often it is sent: again after a lost connection, by itself or by
 * another press of the button. Once there was an answer, or where something else is wanted, it is another intent.
 */
export const keepIntent = (make: () => string = newKey) => {
  let pending: { readonly wanted: string; readonly key: string } | undefined;
  return {
    keyFor: (input: unknown): string => {
      const wanted = JSON.stringify(input) ?? '';
      if (pending?.wanted !== wanted) pending = { wanted, key: make() };
      return pending.key;
    },
    /** Whether it was done is only unknown where no answer came. */
    settled: (error?: unknown): void => {
      if (error === undefined || !mayPass(error)) pending = undefined;
    },
  };
};
