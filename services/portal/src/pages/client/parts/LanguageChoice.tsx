import type { ReactNode } from 'react';
import { languageNames, languages } from '../texts/language.ts';
import { chooseLanguage, useText } from '../texts/useText.ts';

export const LanguageChoice = (): ReactNode => {
  const { t, language } = useText();
  return (
    <fieldset className="languages">
      <legend className="unseen">{t('language')}</legend>
      {languages.map((each) => (
        <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => void chooseLanguage(each)}>
          <abbr title={languageNames[each]}>{each.toUpperCase()}</abbr>
        </button>
      ))}
    </fieldset>
  );
};
