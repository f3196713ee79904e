import { closeSync, openSync, readSync } from 'node:fs';

/**
 * What SQLite's log beside a database is like before SQLite touches it. `empty`: nothing was ever written. `unreadable`: its
 * beginning is not that of a log. `damaged`: what was synced to disk can no longer be read. A tail that a power loss tore is `whole`.
 */
export type Wal = 'missing' | 'empty' | 'unreadable' | 'damaged' | 'whole';

const headerBytes = 32;
const frameHeaderBytes = 24;
const framesAtOnce = 256;

type Sum = readonly [number, number];
type Frame = { readonly ours: boolean; readonly commits: boolean; readonly stated: Sum };

/** SQLite's own running checksum over pairs of 32-bit words; https://sqlite.org/fileformat2.html#checksum_algorithm. */
const sumOf = (view: DataView, from: number, to: number, littleEndian: boolean, [a, b]: Sum): Sum => {
  let [x, y] = [a, b];
  for (let at = from; at < to; at += 8) {
    x = (x + view.getUint32(at, littleEndian) + y) | 0;
    y = (y + view.getUint32(at + 4, littleEndian) + x) | 0;
  }
  return [x, y];
};

const sumAt = (view: DataView, at: number): Sum => [view.getInt32(at), view.getInt32(at + 4)];
const same = (a: Sum, b: Sum): boolean => a[0] === b[0] && a[1] === b[1];

/**
 * SQLite takes the first frame that does not fit for the end of its log. That is right for a power loss, which can harm only what
 * was not yet synced: the frames of the last transaction. Every commit is synced before the next is written; so where a commit
 * stands behind the frame that does not fit, and a frame was written on top of it, that frame had been on disk and was harmed later.
 */
const isDamagedWithin = (fd: number, header: DataView, littleEndian: boolean): boolean => {
  const pageBytes = header.getUint32(8);
  const frameBytes = frameHeaderBytes + pageBytes;
  const [salt1, salt2] = [header.getUint32(16), header.getUint32(20)];
  const chunk = Buffer.alloc(frameBytes * framesAtOnce);
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const fits = (at: number, stated: Sum, seed: Sum): boolean => {
    const head = sumOf(view, at, at + 8, littleEndian, seed);
    return same(sumOf(view, at + frameHeaderBytes, at + frameBytes, littleEndian, head), stated);
  };
  let ended = false;
  let previous: Frame = { ours: true, commits: false, stated: sumAt(header, 24) };
  for (let position = headerBytes; ; position += chunk.length) {
    const read = readSync(fd, chunk, 0, chunk.length, position);
    for (let at = 0; at + frameBytes <= read; at += frameBytes) {
      const stated = sumAt(view, at + 16);
      const frame: Frame = {
        ours: view.getUint32(at + 8) === salt1 && view.getUint32(at + 12) === salt2,
        commits: view.getUint32(at + 4) !== 0,
        stated,
      };
      if (ended) {
        if (previous.ours && previous.commits && frame.ours && fits(at, stated, previous.stated)) return true;
      } else {
        ended = !frame.ours || !fits(at, stated, previous.stated);
      }
      previous = frame;
    }
    if (read < chunk.length) return false;
  }
};

const isPageSize = (bytes: number): boolean => bytes >= 512 && bytes <= 65536 && (bytes & (bytes - 1)) === 0;

export const inspectWal = (file: string): Wal => {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
  try {
    const bytes = Buffer.alloc(headerBytes);
    // A log whose first bytes never reached the disk is short, or nothing but zeros.
    if (readSync(fd, bytes, 0, headerBytes, 0) < headerBytes || bytes.every((byte) => byte === 0)) return 'empty';
    const header = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
    const magic = header.getUint32(0);
    const littleEndian = magic === 0x377f0682;
    if ((!littleEndian && magic !== 0x377f0683) || !isPageSize(header.getUint32(8))) return 'unreadable';
    if (!same(sumOf(header, 0, 24, littleEndian, [0, 0]), sumAt(header, 24))) return 'unreadable';
    return isDamagedWithin(fd, header, littleEndian) ? 'damaged' : 'whole';
  } finally {
    closeSync(fd);
  }
};
