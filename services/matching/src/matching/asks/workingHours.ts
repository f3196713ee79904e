import type { Demand } from '../demand.ts';
import type { Firm } from '../firm.ts';
import { weights } from '../weights.ts';
import { sharedHours } from '../workingHours.ts';
import type { AskGroup } from './ask.ts';

export const askWorkingHours = ({ from, overlap, day }: Demand): AskGroup => {
  // Thousands of firms share a few time tables, and reckoning with time zones is the dearest part of a comparison.
  const known = new Map<string, number>();
  const shared = ({ hours, profile }: Firm): number => {
    const reckoned = known.get(hours);
    if (reckoned !== undefined) return reckoned;
    const fresh = sharedHours(from.workingHours, profile.workingHours, day);
    known.set(hours, fresh);
    return fresh;
  };
  return {
    weight: overlap > 0 ? weights.workingHours : 0,
    asks: [
      {
        name: 'working-hours',
        share: 1,
        fit: (firm) => Math.min(1, shared(firm) / overlap),
        says: (firm, words) =>
          words.sharesHours({
            shared: shared(firm),
            wished: overlap,
            firm: firm.profile.workingHours,
            other: from.workingHours,
            day,
          }),
      },
    ],
  };
};
