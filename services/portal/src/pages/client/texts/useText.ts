import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { en, type TextKey } from './en.ts';
import { isLanguage, type Language, preferredLanguage } from './language.ts';

const texts = i18next.createInstance();
const remembered = 'umuhuza.language';

/** English is in the first bundle, as what there is when another language cannot be loaded. */
const loadTexts: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Readonly<Record<string, string>>>>> = {
  de: async () => (await import('./de.ts')).de,
};

export const startTexts = async (): Promise<void> => {
  await texts.init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    keySeparator: false,
    nsSeparator: false,
    // React escapes.
    interpolation: { escapeValue: false },
  });
  await speak(preferredLanguage(localStorage.getItem(remembered), navigator.languages));
};

const speak = async (language: Language): Promise<void> => {
  if (language !== 'en' && !texts.hasResourceBundle(language, 'translation')) {
    try {
      texts.addResourceBundle(language, 'translation', await loadTexts[language]());
    } catch (error) {
      console.warn('The texts could not be loaded; the page goes on in English.', error);
      return;
    }
  }
  await texts.changeLanguage(language);
  document.documentElement.lang = language;
};

export const chooseLanguage = async (language: Language): Promise<void> => {
  localStorage.setItem(remembered, language);
  await speak(language);
};

const languageNow = (): Language => (isLanguage(texts.language) ? texts.language : 'en');

const onChange = (listener: () => void): (() => void) => {
  texts.on('languageChanged', listener);
  return () => texts.off('languageChanged', listener);
};

export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;
const say: Say = (key, values) => texts.t(key, values ?? {});

/** The texts in the language of the page; whoever uses them is drawn again when it changes. */
export const useText = (): { readonly t: Say; readonly language: Language } => {
  const language = useSyncExternalStore(onChange, languageNow);
  return { t: say, language };
};
