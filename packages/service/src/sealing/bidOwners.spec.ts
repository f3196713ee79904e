import { ringOf } from '@umuhuza/testing/keyRing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotUnseal } from './aead.ts';
import { openOwners, sealOwner, sealOwners } from './bidOwners.ts';

const ring = ringOf('post');
const listOf = (owners: readonly string[], tenderId = 't1', by = ring) =>
  sealOwners(
    by,
    tenderId,
    owners.map((owner) => sealOwner(by, tenderId, owner)),
  );

describe('the owners of a tender’s bids', () => {
  it('are read as they were written, by who has the keys', () =>
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\w-]{1,64}$/)), (owners) => {
        expect(openOwners(ring, 't1', listOf(owners))).toEqual(owners);
      }),
      { numRuns: 30 },
    ));
  it('are of no use for another tender, nor with other keys', () => {
    expect(() => openOwners(ring, 't2', listOf(['org-alpha']))).toThrow(CannotUnseal);
    expect(() => openOwners(ringOf('another'), 't1', listOf([]))).toThrow('post is not in');
    const moved = sealOwners(ring, 't1', [sealOwner(ring, 't2', 'org-alpha')]);
    expect(() => openOwners(ring, 't1', moved)).toThrow(CannotUnseal);
  });
  it('are read with keys that have a newer one before them, one by one and together', () => {
    const [old, both] = [ringOf('old'), ringOf('new', 'old')];
    const given = sealOwner(old, 't1', 'org-alpha');
    const later = sealOwners(both, 't1', [given, sealOwner(both, 't1', 'org-beta')]);
    expect(openOwners(both, 't1', later)).toEqual(['org-alpha', 'org-beta']);
    expect(() => openOwners(ringOf('new'), 't1', later)).toThrow('old is not in');
  });
  it('take as much room each, whatever their ids, and together whether they are none or a hundred', () => {
    expect(new Set([1, 22, 64].map((length) => sealOwner(ring, 't1', 'x'.repeat(length)).length)).size).toBe(1);
    const many = (number: number) => listOf(Array.from({ length: number }, (_, n) => `organisation-${n}`)).length;
    expect(new Set([0, 1, 3, 100].map(many)).size).toBe(1);
    expect(many(300)).toBeGreaterThan(many(0));
  });
  it('show nothing that is the same in two lists', () => {
    const owner = sealOwner(ring, 't1', 'org-alpha');
    const [one, other] = [sealOwners(ring, 't1', [owner]), sealOwners(ring, 't1', [owner])];
    const pieces = Array.from({ length: 200 }, (_, n) => one.slice(5 + n * 8, 13 + n * 8));
    expect(pieces.filter((piece) => other.includes(piece) || owner.includes(piece))).toEqual([]);
  });
});
