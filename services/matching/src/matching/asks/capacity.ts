import type { Demand } from '../demand.ts';
import type { Firm, Money } from '../firm.ts';
import { weights, workingDaysOfMonth } from '../weights.ts';
import { type AskGroup, plural, short } from './ask.ts';

/** Making a format costs more than using it a hundred times. */
const formats = new Map<string, Intl.NumberFormat>();
const formatOf = (currency: string): Intl.NumberFormat => {
  const format = formats.get(currency) ?? new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  formats.set(currency, format);
  return format;
};

const amount = ({ amount, currency }: Money): string => {
  const format = formatOf(currency);
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2)).replace(/\s/u, ' ');
};

type Budget = NonNullable<Demand['budget']>;

/** How many people the budget pays full time at this rate; undefined when the two are in different currencies. */
const people = ({ money, months }: Budget, rate: Money | undefined): number | undefined =>
  rate && rate.currency === money.currency ? money.amount / (Math.max(1, rate.amount) * months * workingDaysOfMonth) : undefined;

const cannotTell = ({ profile: { dayRate } }: Firm, { money }: Budget): string =>
  dayRate
    ? `The day rate is in ${dayRate.min.currency}, the budget in ${money.currency}; they cannot be compared.`
    : 'The profile names no day rate, so it cannot be set against the budget.';

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
            says: (firm) => {
              const { dayRate } = firm.profile;
              const paid = people(budget, dayRate?.min);
              return dayRate === undefined || paid === undefined
                ? cannotTell(firm, budget)
                : `At a day rate from ${amount(dayRate.min)} the budget pays ${short(paid)} people for ${plural(budget.months, 'month')}.`;
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
            says: (firm) => {
              const paid = people(budget, firm.profile.dayRate?.max);
              return paid === undefined
                ? cannotTell(firm, budget)
                : `The team has ${plural(firm.profile.teamSize, 'member')}; the budget pays ${short(Math.max(1, paid))} at its upper rate.`;
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
        says: ({ profile: { availableFrom } }) =>
          availableFrom === undefined
            ? `The profile does not say from when the firm is available; the work starts on ${startsOn}.`
            : `Available from ${availableFrom}; the work starts on ${startsOn}.`,
      },
    ],
  };
};
