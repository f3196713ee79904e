import { after, given } from '@umuhuza/testing/given';
import { describe, expect, it } from 'vitest';
import { editPreferences } from './editPreferences.ts';
import { evolve, isWanted, nothingChosen, type Preferences, type PreferencesFact } from './preferences.ts';
import { switchOffMail } from './switchOffMail.ts';

type Kind = 'bids-opened' | 'tender-matched' | 'award-outcome';
type Language = 'en' | 'de';
const mustBeKnown: readonly Kind[] = ['award-outcome'];
const none: Preferences<Kind, Language> = nothingChosen;
const onlyInbox = { inbox: true, email: false };
const inGerman = { language: 'de', timeZone: 'Europe/Berlin', mustBeKnown } as const;
const which = (...facts: PreferencesFact<Kind, Language>[]) => after(none, evolve<Kind, Language>, facts);
const chosen = which({
  type: 'PreferencesEdited',
  language: 'de',
  timeZone: 'Europe/Berlin',
  kinds: { 'bids-opened': onlyInbox },
});

describe('choosing what to be told', () => {
  it('replaces all that was chosen before', () => {
    given(none)
      .when(editPreferences<Kind, Language>, { ...inGerman, kinds: { 'bids-opened': onlyInbox } })
      .then({ type: 'PreferencesEdited', language: 'de', timeZone: 'Europe/Berlin', kinds: { 'bids-opened': onlyInbox } });
    given(chosen)
      .when(editPreferences<Kind, Language>, { ...inGerman, kinds: {} })
      .then({ type: 'PreferencesEdited', language: 'de', timeZone: 'Europe/Berlin', kinds: {} });
  });
  it('stays quiet when the same is chosen again, however it is written', () =>
    given(chosen)
      .when(editPreferences<Kind, Language>, {
        ...inGerman,
        kinds: {
          'tender-matched': { inbox: true, email: true },
          'bids-opened': onlyInbox,
          'award-outcome': { inbox: true, email: true },
        },
      })
      .thenNothing());
  it('cannot switch off an award, on either channel', () => {
    for (const channels of [onlyInbox, { inbox: false, email: true }])
      given(none)
        .when(editPreferences<Kind, Language>, { ...inGerman, kinds: { 'award-outcome': channels } })
        .thenRefused('must-be-known');
  });
});

describe('switching off e-mail of one kind', () => {
  it('leaves the inbox as it was', () => {
    given(none)
      .when(switchOffMail<Kind, Language>, { kind: 'bids-opened', mustBeKnown })
      .then({ type: 'MailSwitchedOff', kind: 'bids-opened' });
    expect(which({ type: 'MailSwitchedOff', kind: 'bids-opened' }).kinds).toEqual({ 'bids-opened': onlyInbox });
  });
  it('stays quiet when told again', () =>
    given(chosen)
      .when(switchOffMail<Kind, Language>, { kind: 'bids-opened', mustBeKnown })
      .thenNothing());
  it('is refused for an award', () =>
    given(none)
      .when(switchOffMail<Kind, Language>, { kind: 'award-outcome', mustBeKnown })
      .thenRefused('must-be-known'));
});

describe('what a person wants', () => {
  it('is everything until something is switched off', () => {
    expect(isWanted<Kind>(none, 'bids-opened', 'email', mustBeKnown)).toBe(true);
    expect(isWanted<Kind>(chosen, 'bids-opened', 'email', mustBeKnown)).toBe(false);
    expect(isWanted<Kind>(chosen, 'bids-opened', 'inbox', mustBeKnown)).toBe(true);
  });
  it('includes an award, even where an older choice says otherwise', () =>
    expect(
      isWanted<Kind>(
        { ...none, kinds: { 'award-outcome': { inbox: false, email: false } } },
        'award-outcome',
        'email',
        mustBeKnown,
      ),
    ).toBe(true));
});
