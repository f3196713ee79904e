import { nearest, nearness } from '../cpv.ts';
import type { Demand } from '../demand.ts';
import { type Firm, wordKey } from '../firm.ts';
import { weights } from '../weights.ts';
import type { Words } from '../words/words.ts';
import { type AskGroup, distinct } from './ask.ts';

/** Each asked code and skill on its own, so that each is a reason one can read. */
export const askCapabilities = ({ asks }: Demand): AskGroup => {
  const codes = [...new Set(asks.cpv)];
  const skills = [...distinct(asks.skills, wordKey)];
  return {
    weight: codes.length + skills.length > 0 ? weights.capabilities : 0,
    asks: [
      ...codes.map((code) => ({
        name: `cpv:${code}`,
        share: 1 / codes.length,
        fit: ({ profile }: Firm) => nearest(code, profile.offers.cpv),
        says: (firm: Firm, words: Words) => sayNearness(code, firm, words),
      })),
      ...skills.map(([key, skill]) => ({
        name: `skill:${key}`,
        share: 1 / skills.length,
        fit: (firm: Firm) => (firm.skills.has(key) ? 1 : 0),
        says: (firm: Firm, words: Words) => (firm.skills.has(key) ? words.offersSkill(skill) : words.lacksSkill(skill)),
      })),
    ],
  };
};

const sayNearness = (code: string, { profile: { offers } }: Firm, words: Words): string => {
  const best = nearest(code, offers.cpv);
  const found = offers.cpv.filter((offered) => best > 0 && nearness(code, offered) === best);
  if (best === 0) return words.offersNothingNear(code);
  if (best < 1) return words.offersNear(found, code);
  return found.includes(code) ? words.offersCode(code) : words.offersPartOf(found, code);
};
