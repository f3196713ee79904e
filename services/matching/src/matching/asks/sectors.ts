import type { Demand } from '../demand.ts';
import { type Firm, wordKey } from '../firm.ts';
import { weights } from '../weights.ts';
import { type AskGroup, distinct } from './ask.ts';

export const askSectors = (demand: Demand): AskGroup => {
  const sectors = [...distinct(demand.sectors, wordKey)];
  return {
    weight: sectors.length > 0 ? weights.sectors : 0,
    asks: sectors.map(([key, sector]) => ({
      name: `sector:${key}`,
      share: 1,
      fit: (firm: Firm) => (firm.sectors.has(key) ? 1 : 0),
      says: (firm: Firm) =>
        firm.sectors.has(key) ? `Knows the sector ${sector}.` : `The sector ${sector} is not among those the firm names.`,
    })),
  };
};
