import { newKey, readKeyRing } from '@umuhuza/service/sealing/keyRing';

const keys = new Map<string, string>();

/** A key ring of these ids, the newest first; the same id is the same key within a run. */
export const ringOf = (...ids: readonly string[]) => {
  const pairs = ids.map((id) => {
    const key = keys.get(id) ?? newKey().toString('base64url');
    keys.set(id, key);
    return `${id}:${key}`;
  });
  const ring = readKeyRing(pairs.join());
  if (!ring) throw new Error('these ids make no key ring');
  return ring;
};
