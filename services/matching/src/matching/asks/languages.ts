import type { Demand } from '../demand.ts';
import { type Firm, type LanguageSkill, levels } from '../firm.ts';
import { weights } from '../weights.ts';
import { type AskGroup, listed } from './ask.ts';

const inEnglish = new Intl.DisplayNames(['en'], { type: 'language' });
const nameOf = (language: string): string => inEnglish.of(language) ?? language;

/** Full at the asked level or above; each level below halves it, because every step down costs more understanding. */
const fitOf = ({ languages }: Firm, { language, level }: LanguageSkill): number => {
  const spoken = languages.get(language);
  return spoken === undefined ? 0 : 0.5 ** Math.max(0, levels.indexOf(level) - levels.indexOf(spoken));
};

const say = ({ languages }: Firm, { language, level }: LanguageSkill): string => {
  const spoken = languages.get(language);
  return spoken === undefined
    ? `${nameOf(language)} at ${level} is asked; the profile does not name it.`
    : `Speaks ${nameOf(language)} at ${spoken}; ${level} is asked.`;
};

export const askLanguages = ({ languages: { need, of } }: Demand): AskGroup => {
  const asked = [...new Map(of.map((skill) => [skill.language, skill])).values()];
  const weight = asked.length > 0 ? weights.languages : 0;
  if (need === 'all')
    return {
      weight,
      asks: asked.map((skill) => ({
        name: `language:${skill.language}`,
        share: 1,
        fit: (firm: Firm) => fitOf(firm, skill),
        says: (firm: Firm) => say(firm, skill),
      })),
    };
  const common = (firm: Firm) => asked.filter((skill) => fitOf(firm, skill) > 0);
  return {
    weight,
    asks: [
      {
        name: 'language',
        share: 1,
        fit: (firm) => asked.reduce((best, skill) => Math.max(best, fitOf(firm, skill)), 0),
        says: (firm) =>
          common(firm).length > 0
            ? `You both speak ${listed(common(firm).map(({ language }) => nameOf(language)))}.`
            : `You have no language in common; yours: ${listed(asked.map(({ language }) => nameOf(language)))}.`,
      },
    ],
  };
};
