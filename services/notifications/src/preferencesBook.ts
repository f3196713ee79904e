import type { PersonLanguage } from '@umuhuza/contracts/identity/schemas';
import type { NotificationKind } from '@umuhuza/contracts/notifications/schemas';
import type { Book } from '@umuhuza/eventing/book';
import { nothingChosen, type Preferences, type PreferencesFact } from './preferences/preferences.ts';
import type { PreferencesRefusal } from './preferences/refusals.ts';

export type PersonPreferences = Preferences<NotificationKind, PersonLanguage>;
export type PersonPreferencesFact = PreferencesFact<NotificationKind, PersonLanguage>;

/** The preferences by person. */
export type PreferencesBook = Pick<Book<PersonPreferences, PersonPreferencesFact, PreferencesRefusal>, 'find' | 'change'>;

/** What a person chose; who never chose wants everything. */
export const wishesOf = async (preferences: PreferencesBook, person: string): Promise<PersonPreferences> =>
  (await preferences.find(person)) ?? nothingChosen;
