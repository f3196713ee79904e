import { Transform } from 'node:stream';
import { type About, CannotUnseal, seal, unseal } from '@umuhuza/service/sealing/aead';

/** A file is sealed in segments, so that nothing is given out before it is found genuine and no file has to lie in memory. */
const segment = 64 * 1024;
const sealedSegment = segment + 28;

/** Cuts a stream into pieces of one length; the last one may be shorter. */
const cut = (length: number, each: (piece: Buffer, index: number, isLast: boolean) => Buffer): Transform => {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let index = 0;
  const take = (): Buffer => {
    const all = Buffer.concat(waiting);
    waiting = [all.subarray(length)];
    bytes = all.length - Math.min(length, all.length);
    return all.subarray(0, length);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      waiting.push(chunk);
      bytes += chunk.length;
      try {
        // The last piece is kept back until it is known to be the last.
        while (bytes > length) this.push(each(take(), index++, false));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        done(null, each(take(), index, true));
      } catch (error) {
        done(error as Error);
      }
    },
  });
};

const place = (about: About, index: number, isLast: boolean): About => [...about, String(index), isLast ? 'last' : 'more'];

/** Seals segment by segment, each bound to its place, the last one filled up: neither order nor end can be changed, nor the size be seen. */
export const sealing = (key: Buffer, about: About): Transform =>
  cut(segment, (piece, index, isLast) => {
    const full = piece.length === segment ? piece : Buffer.concat([piece, Buffer.alloc(segment - piece.length)]);
    return seal(key, place(about, index, isLast), full);
  });

/** Opens what was sealed; `size` is how long it was. Fails with `CannotUnseal` at the first segment that is not genuine. */
export const unsealing = (key: Buffer, about: About, size: number): Transform => {
  let left = size;
  return cut(sealedSegment, (piece, index, isLast) => {
    const plain = unseal(key, place(about, index, isLast), piece).subarray(0, left);
    left -= plain.length;
    if (isLast && left > 0) throw new CannotUnseal('a file ends too early');
    return plain;
  });
};
