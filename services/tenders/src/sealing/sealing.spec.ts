import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotUnseal, seal, sealJson, unseal, unsealJson } from './aead.ts';
import { newKey, readKeyRing } from './keyRing.ts';
import { ringOf } from './ring.fixture.ts';
import { tenderSeal } from './tenderSeal.ts';

const key = newKey();
const about = ['content', 't1', 'c1'];

describe('what is sealed', () => {
  it('opens with its key in its place, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.jsonValue(), (bytes, value) => {
        expect(unseal(key, about, seal(key, about, Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
        expect(JSON.stringify(unsealJson(key, about, sealJson(key, about, value)))).toBe(JSON.stringify(value));
      }),
    );
  });
  it('opens neither with another key, nor in another place, nor after a change of any byte', () => {
    const sealed = seal(key, about, Buffer.from('a price'));
    expect(() => unseal(newKey(), about, sealed)).toThrow(CannotUnseal);
    expect(() => unseal(key, ['content', 't1', 'c2'], sealed)).toThrow(CannotUnseal);
    expect(() => unseal(key, about, sealed.subarray(0, 10))).toThrow(CannotUnseal);
    for (let n = 0; n < sealed.length; n++) {
      const changed = Buffer.from(sealed);
      changed[n] = (changed[n] ?? 0) ^ 1;
      expect(() => unseal(key, about, changed)).toThrow(CannotUnseal);
    }
  });
  it('is never the same twice, and as long for a small price as for a large one', () => {
    const [one, other] = [1, 999_999_999_999].map((amount) => sealJson(key, about, { amount }));
    expect(one?.length).toBe(other?.length);
    expect(seal(key, about, Buffer.from('x'))).not.toEqual(seal(key, about, Buffer.from('x')));
  });
});

describe('key-encryption keys', () => {
  it('the newest wraps, and older ones still unwrap', () => {
    const wrapped = ringOf('old').wrap(key, ['t1']);
    const ring = ringOf('new', 'old');
    expect(ring.unwrap(wrapped, ['t1'])).toEqual(key);
    expect(ring.wrap(key, ['t1']).kek).toBe('new');
    expect(() => ringOf('new').unwrap(wrapped, ['t1'])).toThrow('old is not in SEALING_KEYS');
  });
  it('a wrapped key is of no use for another tender', () =>
    expect(() => ringOf('old').unwrap(ringOf('old').wrap(key, ['t1']), ['t2'])).toThrow(CannotUnseal));
  it('are ids with keys of 32 bytes, each once', () => {
    const text = key.toString('base64url');
    expect(readKeyRing(`a:${text}`)?.newest).toBe('a');
    for (const wrong of ['', text, `:${text}`, 'a:short', `a:${text},`, `a:${text},a:${text}`, `a b:${text}`])
      expect(readKeyRing(wrong)).toBeUndefined();
  });
});

describe('a tender’s seal', () => {
  const cause = {
    kind: 'command',
    id: 'i',
    fingerprint: 'f',
    repeatable: true,
    correlationId: '',
    actor: 'platform',
    at: '',
  } as const;

  it('marks the same in one way, and otherwise in every other tender and for every other purpose', () => {
    const marks = (one: ReturnType<typeof tenderSeal>) => {
      const { id, fingerprint } = one.cause({ ...cause, id: 'org', fingerprint: 'org' });
      return [one.bidder('org'), one.digest('org'), id, fingerprint, one.contentKey('org')];
    };
    const all = [marks(tenderSeal('t1', key)), marks(tenderSeal('t2', key)), marks(tenderSeal('t1', newKey()))];
    expect(marks(tenderSeal('t1', key))).toEqual(all[0]);
    expect(new Set(all.flat()).size).toBe(15);
  });
  it('keeps an answer so that only it can read it', () => {
    const sealed = tenderSeal('t1', key).sealAnswer({ version: 1 });
    expect(tenderSeal('t1', key).unsealAnswer(sealed)).toEqual({ version: 1 });
    expect(() => tenderSeal('t1', newKey()).unsealAnswer(sealed)).toThrow(CannotUnseal);
    expect(() => tenderSeal('t2', key).unsealAnswer(sealed)).toThrow(CannotUnseal);
  });
});
