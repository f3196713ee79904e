import type { Demand } from '../demand.ts';
import { type Firm, type LanguageSkill, levels } from '../firm.ts';
import { weights } from '../weights.ts';
import type { Words } from '../words/words.ts';
import type { AskGroup } from './ask.ts';

/** Full at the asked level or above; each level below halves it, because every step down costs more understanding. */
const fitOf = ({ languages }: Firm, { language, level }: LanguageSkill): number => {
  const spoken = languages.get(language);
  return spoken === undefined ? 0 : 0.5 ** Math.max(0, levels.indexOf(level) - levels.indexOf(spoken));
};

const say = ({ languages }: Firm, asked: LanguageSkill, words: Words): string => {
  const spoken = languages.get(asked.language);
  return spoken === undefined ? words.doesNotSpeak(asked) : words.speaks(spoken, asked);
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
        says: (firm: Firm, words: Words) => say(firm, skill, words),
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
        says: (firm, words) =>
          common(firm).length > 0
            ? words.bothSpeak(common(firm).map(({ language }) => language))
            : words.noLanguageInCommon(asked.map(({ language }) => language)),
      },
    ],
  };
};
