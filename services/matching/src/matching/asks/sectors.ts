import type { Demand } from '../demand.ts';
import { type Firm, wordKey } from '../firm.ts';
import { weights } from '../weights.ts';
import type { Words } from '../words/words.ts';
import { type AskGroup, distinct } from './ask.ts';

export const askSectors = (demand: Demand): AskGroup => {
  const sectors = [...distinct(demand.sectors, wordKey)];
  return {
    weight: sectors.length > 0 ? weights.sectors : 0,
    asks: sectors.map(([key, sector]) => ({
      name: `sector:${key}`,
      share: 1,
      fit: (firm: Firm) => (firm.sectors.has(key) ? 1 : 0),
      says: (firm: Firm, words: Words) => (firm.sectors.has(key) ? words.knowsSector(sector) : words.lacksSector(sector)),
    })),
  };
};
