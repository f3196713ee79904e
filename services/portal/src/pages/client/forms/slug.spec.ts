import { describe, expect, it } from 'vitest';
import { slugOf } from './slug.ts';

describe('the short name of a company', () => {
  it.each([
    ['Demonstration Software Ltd', 'demonstration-software-ltd'],
    ['Müller & Söhne GmbH', 'mueller-und-soehne-gmbh'],
    ['  Café «Ibyiza» 250 ', 'cafe-ibyiza-250'],
    ['***', ''],
    ['x'.repeat(80), 'x'.repeat(60)],
    [`${'x'.repeat(59)} y`, 'x'.repeat(59)],
  ])('of %s is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});
