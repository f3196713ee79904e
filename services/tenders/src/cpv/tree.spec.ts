import { describe, expect, it } from 'vitest';
import { above, branchOf, covers } from './tree.ts';

describe('the tree of CPV codes', () => {
  it('puts below a code what begins with its digits', () => {
    expect(covers('72000000', '72212000')).toBe(true);
    expect(covers('72212000', '72212931')).toBe(true);
    expect(covers('72212000', '72212000')).toBe(true);
    expect(covers('72212000', '72000000')).toBe(false);
    expect(covers('72212000', '72213000')).toBe(false);
  });
  it('keeps the zero of a division', () => {
    expect(branchOf('80000000')).toBe('80');
    expect(covers('80000000', '80500000')).toBe(true);
    expect(covers('80000000', '85000000')).toBe(false);
    expect(branchOf('03000000')).toBe('03');
  });
  it('takes the first digits of a code as they are', () => {
    expect(['7', '72', '722', '7221'].map(branchOf)).toEqual(['7', '72', '722', '7221']);
  });
  it('names what can stand above, the nearest first', () => {
    expect(above('72212931')).toEqual(['72212930', '72212900', '72212000', '72210000', '72200000', '72000000']);
    expect(above('80500000')).toEqual(['80000000']);
    expect(above('72000000')).toEqual([]);
  });
});
