import type { PersonLanguage } from '@umuhuza/contracts/identity/schemas';

/** The languages of the page; a new one is one file of texts and a line here and in `loadTexts`. */
export const languages = ['en', 'de'] as const satisfies readonly PersonLanguage[];
export type Language = PersonLanguage;

/** What each language calls itself. */
export const languageNames = { en: 'English', de: 'Deutsch' } as const satisfies Record<Language, string>;

export const isLanguage = (value: unknown): value is Language => languages.some((language) => language === value);

/** What was chosen on this device, else the first language of the browser that there is, else English. */
export const preferredLanguage = (chosen: unknown, ofBrowser: readonly string[]): Language => {
  if (isLanguage(chosen)) return chosen;
  return ofBrowser.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
};
