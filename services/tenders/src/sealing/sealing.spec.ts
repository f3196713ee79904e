import { CannotUnseal, seal, sealJson, unseal, unsealJson } from '@umuhuza/service/sealing/aead';
import { newKey, readKeyRing } from '@umuhuza/service/sealing/keyRing';
import { ringOf } from '@umuhuza/testing/keyRing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterReader, newLetterBox, sealLetter } from './letters.ts';
import { earlierLetter, readEarlierLetter, tenderSeal } from './tenderSeal.ts';

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
  it('has one of few lengths, each twice the one before; what was filled up to multiples by an earlier version opens too', () => {
    const overhead = seal(key, about, Buffer.alloc(0)).length;
    /** Of a value that takes so many bytes with its length before it. */
    const lengthOf = (bytes: number) => sealJson(key, about, 'x'.repeat(bytes - 6)).length - overhead;
    expect([6, 4_096, 4_097, 8_192, 8_193, 16_384, 16_385].map(lengthOf)).toEqual([
      4_096, 4_096, 8_192, 8_192, 16_384, 16_384, 32_768,
    ]);
    const lengths = Array.from({ length: 300 }, (_, n) => lengthOf(6 + n * 850));
    expect([...new Set(lengths)]).toEqual([4, 8, 16, 32, 64, 128, 256].map((n) => n * 1_024));
    const earlier = Buffer.alloc(3 * 4_096);
    earlier.writeUInt32BE(3);
    earlier.write('"x"', 4);
    expect(unsealJson(key, about, seal(key, about, earlier))).toBe('x');
  });
});

describe('a letter to the opening', () => {
  const place = { tenderId: 't1', contentId: 'c1' };
  const letter = { bidder: 'org-alpha', contentKey: newKey().toString('base64url') };

  it('is read with the private half in its place, and tells neither its bidder nor the length of its name', async () => {
    const { publicHalf, privateHalf } = await newLetterBox();
    const sealed = await sealLetter(publicHalf, place, letter);
    expect(await (await letterReader(privateHalf))(place, sealed)).toEqual(letter);
    expect(Buffer.from(sealed).toString()).not.toContain('org-alpha');
    const longer = await sealLetter(publicHalf, place, { ...letter, bidder: 'x'.repeat(64) });
    expect(longer.length).toBe(sealed.length);
  });
  it('is read neither by another box, nor in another place, nor after a change of any byte', async () => {
    const { publicHalf, privateHalf } = await newLetterBox();
    const sealed = await sealLetter(publicHalf, place, letter);
    const another = await letterReader((await newLetterBox()).privateHalf);
    await expect(another(place, sealed)).rejects.toThrow(CannotUnseal);
    const read = await letterReader(privateHalf);
    await expect(read({ ...place, contentId: 'c2' }, sealed)).rejects.toThrow(CannotUnseal);
    for (let n = 0; n < sealed.length; n += 7) {
      const changed = Buffer.from(sealed);
      changed[n] = (changed[n] ?? 0) ^ 1;
      await expect(read(place, changed)).rejects.toThrow(CannotUnseal);
    }
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

  const sealBy = (tenderId: string, one: Buffer, own = one) =>
    tenderSeal(tenderId, { marks: one, own, letter: earlierLetter(tenderId, one) });

  it('marks the same in one way, and otherwise in every other tender and for every other purpose', () => {
    const marks = (one: ReturnType<typeof tenderSeal>) => {
      const { id, fingerprint } = one.cause({ ...cause, id: 'org', fingerprint: 'org' });
      return [one.bidder('org'), one.digest('org'), id, fingerprint, one.contentKey('org')];
    };
    const all = [marks(sealBy('t1', key)), marks(sealBy('t2', key)), marks(sealBy('t1', newKey()))];
    expect(marks(sealBy('t1', key))).toEqual(all[0]);
    expect(new Set(all.flat()).size).toBe(15);
  });
  it('has what is a bidder’s own by its own key only', () => {
    const [alpha, beta] = [sealBy('t1', key, newKey()), sealBy('t1', key, newKey())];
    expect(alpha.bidder('org')).toBe(beta.bidder('org'));
    expect(alpha.cause(cause).id).toBe(beta.cause(cause).id);
    for (const of of [
      ({ digest }: typeof alpha) => digest('d'),
      ({ contentKey }: typeof alpha) => contentKey('c'),
      ({ keyFor }: typeof alpha) => keyFor('draft').toString('hex'),
    ])
      expect(of(alpha)).not.toBe(of(beta));
    expect(() => beta.unsealAnswer(alpha.sealAnswer({}))).toThrow(CannotUnseal);
  });
  it('of an earlier version is what it was', () => {
    const was = Buffer.alloc(32, 7);
    const { bidder, digest, contentKey, unsealAnswer } = sealBy('t1', was);
    expect([bidder('org'), digest('d'), contentKey('c')]).toEqual([
      'h8Z_afQujo2SBaQbEwAE6cOhPiZIWHq4fSRzLlgx8II',
      'MgyU1fdAQax_c4fIzcQ1a7zND0oSC-5HaUfYwFBLn4Y',
      '0A5hB1Fs38vA9t_54vLZhXeh02Q65gFPOmk9JZLn4-c',
    ]);
    expect(
      unsealAnswer(
        'm-YVtIAei4u0kTYboMvkn6uL6OUEGT3OD8QWE_3vNYM-s8PtqFdSoe5mE_qr_SYsL57sMu6tERDpONkM9MWlo5JTWxn4XIy3FeDTT54kvqo0nPEs2Imbh-xRbyU5JynYbKBnORp1oc8VlaomRM5iiuhE9a70gsI1ILXp0DlrfEzeAFObcfLfE1HOba9dH4puN0IC7RmiZZBNmjUC',
      ),
    ).toEqual(['b1', 1]);
    expect(
      readEarlierLetter('t1', was)('c', {
        bidder: Buffer.from(
          'cmv2sr2cBUzPqGx43EnqvWkHsvnt2wvgpALYybjNAbRHqKaGuq1IoTlWx1lC4dVaXSoAbqHFYa5oa3-Np_dIzWDRFexJGb6Z3v7ahNAG2XXyZrBIJJJ0viblpBXTHWoXYUSk8Fxr2e_xvfif4aP5wzCXDVuPXA2haezSBvUPHj-VYCEPUAnEVznrNZuS3fFo5g-kcQu4N2gzthzn1cfKiHsMLbuGf7ymQOkRLTtasYxOxKx0Wx31UTgjF0kRKYa-yEPbfifVr36BUXH13UvbEP1l9Hfbw443zBHSBoGw2ds1nOx-GWlI1J38PeXqx14FzD6uKSXgwsYKt98vB140hR4gcW8O7YDZb9CsRi8KmieO2w4nsUWeOfjVykc',
          'base64url',
        ),
      }),
    ).toEqual({
      bidder: 'org-alpha',
      contentKey: '0A5hB1Fs38vA9t_54vLZhXeh02Q65gFPOmk9JZLn4-c',
    });
  });
  it('keeps an answer so that only it can read it', () => {
    const sealed = sealBy('t1', key).sealAnswer({ version: 1 });
    expect(sealBy('t1', key).unsealAnswer(sealed)).toEqual({ version: 1 });
    expect(() => sealBy('t1', newKey()).unsealAnswer(sealed)).toThrow(CannotUnseal);
    expect(() => sealBy('t2', key).unsealAnswer(sealed)).toThrow(CannotUnseal);
  });
});
