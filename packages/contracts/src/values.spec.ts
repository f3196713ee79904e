import { describe, expect, it } from 'vitest';
import { instant, line, money, text } from './values.ts';

describe('an instant', () => {
  it('is written in UTC with milliseconds, whatever offset it came with', () => {
    expect(instant.parse('2026-10-25T02:30:00+02:00')).toBe('2026-10-25T00:30:00.000Z');
    expect(instant.parse('2026-10-25T00:30:00.1239Z')).toBe('2026-10-25T00:30:00.123Z');
    expect(instant.parse('2026-10-25T02:30:00.12399999999999+02:00')).toBe('2026-10-25T00:30:00.123Z');
  });
  it('is refused without an offset, as a wish, or outside the years that keep its width', () => {
    for (const wrong of ['2026-10-25T00:30:00', 'tomorrow', '2026-10-25', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59-23:00'])
      expect(instant.safeParse(wrong).success).toBe(false);
  });
});

describe('money', () => {
  it('is whole minor units, never negative, with its currency', () => {
    expect(money.safeParse({ amount: 4_200_000, currency: 'EUR' }).success).toBe(true);
    for (const wrong of [
      { amount: 0.1, currency: 'EUR' },
      { amount: -1, currency: 'EUR' },
      { amount: 1, currency: 'eur' },
      { amount: 1 },
      { amount: 1e300, currency: 'EUR' },
    ])
      expect(money.safeParse(wrong).success).toBe(false);
  });
});

describe('what people write', () => {
  it('stays one line where one is asked, whatever breaks lines', () => {
    expect(line(50).parse('  A portal\r\nSubject: forged\u0000\u2028 ')).toBe('A portal Subject: forged');
    expect(line(50).safeParse(' \u0000 ').success).toBe(false);
  });
  it('keeps its lines where it may have several, without other control characters or halves of characters', () => {
    expect(text(50).parse('First\r\n\tsecond\u0000\u0007 \ud800')).toBe('First\n\tsecond \ufffd');
  });
});
