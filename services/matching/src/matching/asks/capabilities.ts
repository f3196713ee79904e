import { nearest, nearness } from '../cpv.ts';
import type { Demand } from '../demand.ts';
import { type Firm, wordKey } from '../firm.ts';
import { weights } from '../weights.ts';
import { type AskGroup, distinct, listed } from './ask.ts';

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
        says: (firm: Firm) => sayNearness(code, firm),
      })),
      ...skills.map(([key, skill]) => ({
        name: `skill:${key}`,
        share: 1 / skills.length,
        fit: (firm: Firm) => (firm.skills.has(key) ? 1 : 0),
        says: (firm: Firm) => (firm.skills.has(key) ? `Offers ${skill}.` : `${skill} is asked and not among the skills offered.`),
      })),
    ],
  };
};

const sayNearness = (code: string, { profile: { offers } }: Firm): string => {
  const best = nearest(code, offers.cpv);
  const found = offers.cpv.filter((offered) => best > 0 && nearness(code, offered) === best);
  if (best === 0) return `CPV ${code} is asked; nothing offered comes near it.`;
  if (best < 1) return `Offers CPV ${listed(found)}, which is near CPV ${code} that is asked.`;
  return found.includes(code)
    ? `Offers exactly what is asked: CPV ${code}.`
    : `Offers CPV ${listed(found)}, a part of CPV ${code} that is asked.`;
};
