import type { Demand } from '../demand.ts';
import type { Firm, Money } from '../firm.ts';
import { weights, workingDaysOfMonth } from '../weights.ts';
import type { Words } from '../words/words.ts';
import type { AskGroup } from './ask.ts';

type Budget = NonNullable<Demand['budget']>;

/** How many people the budget pays full time at this rate; undefined when the two are in different currencies. */
const people = ({ money, months }: Budget, rate: Money | undefined): number | undefined =>
  rate && rate.currency === money.currency ? money.amount / (Math.max(1, rate.amount) * months * workingDaysOfMonth) : undefined;

const cannotTell = ({ profile: { dayRate } }: Firm, { money }: Budget, words: Words): string =>
  dayRate ? words.otherCurrency(dayRate.min.currency, money.currency) : words.noDayRate();

/** Whether the budget pays at least one person of the firm full time, at its lower rate. */
export const askRate = ({ budget }: Demand): AskGroup =>
  budget === undefined
    ? { weight: 0, asks: [] }
    : {
        weight: weights.rate,
        asks: [
          {
            name: 'rate',
            share: 1,
            fit: ({ profile }) => Math.min(1, people(budget, profile.dayRate?.min) ?? 0),
            says: (firm, words) => {
              const { dayRate } = firm.profile;
              const paid = people(budget, dayRate?.min);
              return dayRate === undefined || paid === undefined
                ? cannotTell(firm, budget, words)
                : words.budgetPays(dayRate.min, paid, budget.months);
            },
          },
        ],
      };

/** Whether the team is as large as the budget pays, at its upper rate, so that a low rate is no disadvantage. */
export const askSize = ({ budget }: Demand): AskGroup =>
  budget === undefined
    ? { weight: 0, asks: [] }
    : {
        weight: weights.size,
        asks: [
          {
            name: 'size',
            share: 1,
            fit: ({ profile }) => {
              const paid = people(budget, profile.dayRate?.max);
              return paid === undefined ? 0 : Math.min(1, profile.teamSize / Math.max(1, paid));
            },
            says: (firm, words) => {
              const paid = people(budget, firm.profile.dayRate?.max);
              return paid === undefined
                ? cannotTell(firm, budget, words)
                : words.teamAndBudget(firm.profile.teamSize, Math.max(1, paid));
            },
          },
        ],
      };

/** A month late is half as good; later does not count. */
export const askAvailability = ({ startsOn }: Demand): AskGroup => {
  if (startsOn === undefined) return { weight: 0, asks: [] };
  const month = Temporal.PlainDate.from(startsOn).add({ months: 1 }).toString();
  return {
    weight: weights.availability,
    asks: [
      {
        name: 'availability',
        share: 1,
        fit: ({ profile: { availableFrom } }) => {
          if (availableFrom === undefined || availableFrom > month) return 0;
          return availableFrom <= startsOn ? 1 : 0.5;
        },
        says: ({ profile: { availableFrom } }, words) =>
          availableFrom === undefined ? words.availabilityUnknown(startsOn) : words.availableFrom(availableFrom, startsOn),
      },
    ],
  };
};
