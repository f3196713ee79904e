import { describe, expect, it } from 'vitest';
import { table } from './table.ts';

describe('a table', () => {
  it('lines its columns up', () => {
    expect(
      table(
        ['id', 'what'],
        [
          ['1', 'one'],
          ['1000', 'thousand'],
        ],
        80,
      ),
    ).toEqual(['id    what', '1     one', '1000  thousand']);
  });
  it('cuts what does not fit, and keeps a row on one line', () => {
    expect(table(['id', 'what'], [['1', 'first\nsecond']], 10)).toEqual(['id  what', '1   first…']);
  });
});
