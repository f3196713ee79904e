import { describe, expect, it } from 'vitest';
import { relatedTo } from './cpv.ts';

describe('a CPV code', () => {
  it('is served by what lies below it, and by the codes above it', () => {
    expect(relatedTo('72212000')).toEqual({ below: '72212', above: ['72000000', '72200000', '72210000'] });
    expect(relatedTo('72212211').above).toHaveLength(6);
  });
  it('of a division has none above it', () => {
    expect(relatedTo('72000000')).toEqual({ below: '72', above: [] });
    expect(relatedTo('30000000')).toEqual({ below: '30', above: [] });
  });
  it('may have zeros within', () => expect(relatedTo('30200000')).toEqual({ below: '302', above: ['30000000'] }));
});
