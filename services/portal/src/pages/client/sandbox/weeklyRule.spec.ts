import { recurrenceRule } from '@umuhuza/contracts/sandbox/hoursSchemas';
import { describe, expect, it } from 'vitest';
import { readRule, type WeeklyRule, writeRule } from './weeklyRule.ts';

const rules: readonly WeeklyRule[] = [
  { days: ['MO', 'WE', 'FR'], everyWeeks: 1, until: undefined },
  { days: ['SU'], everyWeeks: 2, until: '2027-03-31' },
];

describe('hours of every week', () => {
  it('are written as the contract takes them, and read back', () => {
    for (const rule of rules) {
      expect(recurrenceRule.parse(writeRule(rule))).toBe(writeRule(rule));
      expect(readRule(writeRule(rule))).toEqual(rule);
    }
  });

  it('name their days from Monday on, in whatever order they were chosen', () =>
    expect(writeRule({ days: ['SU', 'TU'], everyWeeks: 1, until: undefined })).toBe('FREQ=WEEKLY;BYDAY=TU,SU'));

  it('are told from rules that a form of weekdays cannot show', () => {
    for (const rule of [
      'FREQ=MONTHLY;BYDAY=1MO',
      'FREQ=WEEKLY;BYDAY=1MO',
      'FREQ=WEEKLY;BYDAY=MO;COUNT=5',
      'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270331T100000Z',
      'FREQ=WEEKLY;BYDAY=MO;WKST=SU;INTERVAL=2',
      'FREQ=WEEKLY',
    ])
      expect(readRule(rule), rule).toBeUndefined();
  });
});
