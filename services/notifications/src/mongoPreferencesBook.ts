import { openBook } from '@umuhuza/eventing/book';
import type { Connection } from 'mongoose';
import { evolve, nothingChosen } from './preferences/preferences.ts';
import type { PreferencesRefusal } from './preferences/refusals.ts';
import type { PersonPreferences, PersonPreferencesFact, PreferencesBook } from './preferencesBook.ts';

/** What a person wants to be told is nobody else's business: no event leaves here. */
export const openMongoPreferencesBook = (connection: Connection): Promise<PreferencesBook> =>
  openBook<PersonPreferences, PersonPreferencesFact, PreferencesRefusal, Record<string, never>>(connection, {
    service: 'notifications',
    name: 'preferences',
    initial: nothingChosen,
    evolve,
    events: {},
    publicEvents: () => [],
  });
