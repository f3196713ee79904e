import { mustBeKnown } from '@umuhuza/contracts/notifications/schemas';
import { describe, expect, it } from 'vitest';
import { editPreferences } from './preferences/editPreferences.ts';
import { toPreferencesView } from './views.ts';

const off = { inbox: false, email: false };
const on = { inbox: true, email: true };
const reader = { language: 'en', timeZone: 'Africa/Kigali' } as const;

describe('the preferences of somebody who had switched off what must be known by now', () => {
  // Amendments could be switched off by earlier versions.
  const chosen = { ...reader, kinds: { 'tender-amended': off, 'question-asked': off } } as const;
  const seen = toPreferencesView(chosen, reader as never);

  it('show it as it is told: everywhere', () => {
    expect(seen.kinds['tender-amended']).toEqual(on);
    expect(seen.kinds['question-asked']).toEqual(off);
    for (const kind of mustBeKnown) expect(seen.kinds[kind]).toEqual(on);
  });
  it('can be saved as they are shown', () =>
    expect(editPreferences(chosen, { ...seen, mustBeKnown })).toMatchObject([{ kinds: { 'question-asked': off } }]));
});
