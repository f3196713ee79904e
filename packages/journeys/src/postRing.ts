import { type KeyRing, readKeyRing } from '@umuhuza/service/sealing/keyRing';

/** The post keys of a run, from its secrets: ids with their keys, the newest last. */
export const postRingOf = (keys: Readonly<Record<string, string>>): KeyRing => {
  const pairs = Object.entries(keys).map(([id, key]) => `${id}:${key}`);
  const ring = readKeyRing(pairs.toReversed().join(), 'POST_KEYS');
  if (!ring) throw new Error('these are no post keys');
  return ring;
};
