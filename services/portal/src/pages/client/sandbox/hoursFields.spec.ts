import { newHours, type OpeningHoursView } from '@umuhuza/contracts/sandbox/hoursSchemas';
import { describe, expect, it } from 'vitest';
import { emptyHours, hoursFieldsOf, toNewHours } from './hoursFields.ts';

const empty = emptyHours('2026-11-23', 'Africa/Kigali');
const [window] = empty.windows;
if (!window) throw new Error('the form begins with hours');
const shown = (fields: typeof empty) => newHours.parse(toNewHours(fields)) as never as OpeningHoursView;

describe('the form of opening hours', () => {
  it('begins with weekdays that the platform takes', () => {
    expect(shown(empty)).toMatchObject({
      windows: [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', exdates: [], rdates: [] }],
      timeZone: 'Africa/Kigali',
    });
  });

  it('begins with the time between slots that the environment keeps', () =>
    expect(shown(emptyHours('2026-11-23', 'Africa/Kigali', 30)).bufferMinutes).toBe(30));

  it('takes exceptions, days besides, and days on which nothing opens; one of a day needs no end', () => {
    const fields = {
      ...empty,
      windows: [
        {
          ...window,
          everyWeeks: 2,
          until: '2027-03-31',
          without: [{ day: '2026-12-25' }, { day: '' }],
          besides: [{ day: '2026-12-28' }],
        },
      ],
      blackouts: [
        { from: '2026-12-31', to: '', reason: '' },
        { from: '2027-04-05', to: '2027-04-12', reason: 'Kwibuka' },
      ],
    };
    expect(shown(fields)).toMatchObject({
      windows: [
        { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR;UNTIL=20270331', exdates: ['2026-12-25'], rdates: ['2026-12-28'] },
      ],
      blackouts: [{ from: '2026-12-31', to: '2026-12-31' }, { reason: 'Kwibuka' }],
    });
    expect(shown(hoursFieldsOf(shown(fields)))).toEqual(shown(fields));
  });

  it('keeps a rule that it cannot show as it is written', () => {
    const monthly = {
      ...shown(empty),
      windows: [{ ...shown(empty).windows[0], rrule: 'FREQ=MONTHLY;BYDAY=1MO' }],
    } as OpeningHoursView;
    expect(shown(hoursFieldsOf(monthly)).windows[0]?.rrule).toBe('FREQ=MONTHLY;BYDAY=1MO');
  });
});
