import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256Of } from './digest.ts';

describe('the fingerprint of a file', () => {
  it('is its SHA-256 in hex, as everybody else works it out', async () => {
    for (const content of ['', 'a log', 'ü'.repeat(5_000)])
      expect(await sha256Of(new Blob([content]))).toBe(createHash('sha256').update(content).digest('hex'));
  });
});
