import { nearest } from '../cpv.ts';
import type { Demand } from '../demand.ts';
import { type Firm, wordKey } from '../firm.ts';
import { weights } from '../weights.ts';
import type { AskGroup } from './ask.ts';

/** The firm's side: how much of what it looks for it would find here, in the work itself or in what the other company offers. */
export const askWishes = ({ gives }: Demand): AskGroup => {
  const skills = new Set(gives.skills.map(wordKey));
  const met = ({ profile: { needs } }: Firm) => ({
    skills: needs.skills.filter((skill) => skills.has(wordKey(skill))),
    cpv: needs.cpv.filter((code) => nearest(code, gives.cpv) > 0),
  });
  return {
    weight: weights.wishes,
    asks: [
      {
        name: 'wishes',
        share: 1,
        fit: ({ wishes }) => {
          const all = wishes.cpv.length + wishes.skills.length;
          let found = 0;
          for (const skill of wishes.skills) if (skills.has(skill)) found += 1;
          for (const code of wishes.cpv) found += nearest(code, gives.cpv);
          return all === 0 ? 0 : found / all;
        },
        says: (firm, words) => {
          const found = met(firm);
          if (found.skills.length + found.cpv.length > 0) return words.findsWhatItWants(found.skills, found.cpv);
          const { cpv, skills: wished } = firm.profile.needs;
          return cpv.length + wished.length === 0 ? words.saysNoWish() : words.findsNothingItWants();
        },
      },
    ],
  };
};
