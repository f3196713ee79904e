import { minutesOf } from './cutIntoSlots.ts';
import type { Plan } from './hours.ts';
import { type Refused, refuse } from './refusals.ts';

/** What a plan would open in the time ahead; or that its rule is none. */
export type Outlook = { readonly slots: number } | { readonly broken: string };

/** How many slots one plan may open in the time ahead (`weeksAhead`). */
export const mostSlotsAhead = 2_000;

/** How far ahead slots are opened. */
export const weeksAhead = 8;

export const whyNot = (plan: Plan, outlook: Outlook): Refused | undefined => {
  for (const { from, to } of plan.windows) {
    if (minutesOf(to) <= minutesOf(from))
      return refuse(
        'ends-before-it-starts',
        `Hours from ${from} to ${to} end before they start. Split hours over midnight in two.`,
      );
    if (minutesOf(to) - minutesOf(from) < plan.slotMinutes)
      return refuse('no-slot-fits', `From ${from} to ${to} there is no room for a slot of ${plan.slotMinutes} minutes.`);
  }
  if ('broken' in outlook) return refuse('no-such-recurrence', outlook.broken);
  return outlook.slots > mostSlotsAhead
    ? refuse(
        'too-many-slots',
        `In ${weeksAhead} weeks this would open ${outlook.slots} slots; at most ${mostSlotsAhead} are possible.`,
      )
    : undefined;
};
