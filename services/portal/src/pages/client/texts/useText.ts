import type { Problem, ProblemText } from '@umuhuza/contracts/problem';
import i18next from 'i18next';
import { useSyncExternalStore } from 'react';
import { type AreaName, type AreaTextKey, areaFiles } from './areas.ts';
import { en, type TextKey, type Texts } from './en.ts';
import { isLanguage, type Language, preferredLanguage } from './language.ts';

const texts = i18next.createInstance();
const remembered = 'umuhuza.language';

/** English is in the first bundle, as what there is when another language cannot be loaded. */
const loadTexts: Readonly<Record<Exclude<Language, 'en'>, () => Promise<LanguageFile>>> = {
  de: async () => {
    const { de, refusals, objection } = await import('./de.ts');
    return { texts: de, refusals, objection };
  },
};
type TellObjection = (message: string) => string | undefined;
type LanguageFile = {
  readonly texts: Texts;
  readonly refusals: Readonly<Record<string, ProblemText>>;
  /** What is wrong with a field, where it is known in this language. */
  readonly objection: TellObjection;
};
const objections: Partial<Record<Language, TellObjection>> = {};

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
      const file = await loadTexts[language]();
      texts.addResourceBundle(language, 'translation', file.texts);
      texts.addResourceBundle(language, 'refusals', file.refusals);
      objections[language] = file.objection;
    } catch (error) {
      console.warn('The texts could not be loaded; the page goes on in English.', error);
      return;
    }
  }
  await Promise.all([...neededAreas].map((area) => loadArea(area, language)));
  await texts.changeLanguage(language);
  document.documentElement.lang = language;
};

const neededAreas = new Set<AreaName>();

/** Loads the texts of these areas in the language of the page, and from now on in every language that is chosen. */
export const needAreas = async (areas: readonly AreaName[]): Promise<void> => {
  for (const area of areas) neededAreas.add(area);
  await Promise.all(areas.map((area) => loadArea(area, languageNow())));
};

const loadArea = async (area: AreaName, language: Language): Promise<void> => {
  if (texts.hasResourceBundle(language, area)) return;
  try {
    const file = await areaFiles[area][language]();
    texts.addResourceBundle(language, area, file.texts);
    if (file.refusals) texts.addResourceBundle(language, 'refusals', file.refusals, true, true);
  } catch (error) {
    if (language === 'en') throw error;
    console.warn('The texts of this area could not be loaded; it goes on in English.', error);
    await loadArea(area, 'en');
  }
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

export type Say<Key extends string = TextKey> = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** Looks in the texts of these areas first, then in those of the whole page. */
const sayFrom =
  (areas: readonly AreaName[]): Say<string> =>
  (key, values) =>
    texts.t(key, { ...values, ns: [...areas, 'translation'] });

export type ToldRefusal = ProblemText & { readonly language: Language };

/** The platform explains its refusals in English; other languages translate them by their name. */
const refusal = ({ type, title, detail }: Problem): ToldRefusal => {
  const name = type.split('/').at(-1) ?? '';
  const language = languageNow();
  const translated: unknown = texts.getResource(language, 'refusals', name);
  return isProblemText(translated) ? { ...translated, language } : { title, detail, language: 'en' };
};

/** What the platform objects to at a field; in English where it is not known in the language of the page. */
const objection = (message: string): string => objections[languageNow()]?.(message) ?? message;

const isProblemText = (value: unknown): value is ProblemText =>
  typeof value === 'object' && value !== null && 'title' in value && 'detail' in value;

/**
 * The texts in the language of the page, those of the named areas among them; whoever uses them is drawn again when the language changes.
 * A view that names an area is made `lazily` with it.
 */
export const useText = <Area extends AreaName = never>(
  ...areas: readonly Area[]
): {
  readonly t: Say<TextKey | AreaTextKey<Area>>;
  readonly language: Language;
  readonly refusal: (problem: Problem) => ToldRefusal;
  readonly objection: (message: string) => string;
} => {
  const language = useSyncExternalStore(onChange, languageNow);
  return { t: sayFrom(areas), language, refusal, objection };
};
