import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCursor, writeCursor } from './cursor.ts';

const position = z.tuple([z.string(), z.string()]);

describe('a page mark', () => {
  it('gives back the position it was made of', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, id) => {
        expect(readCursor(position, writeCursor([key, id]))).toEqual([key, id]);
      }),
    );
  });

  it('that a client made up is named as unknown, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readCursor(position, text)).toBe('unknown-cursor');
      }),
    );
    expect(readCursor(position, writeCursor(['only one']))).toBe('unknown-cursor');
    expect(readCursor(position, writeCursor([{ $gt: '' }, 'id']))).toBe('unknown-cursor');
  });
});
