import { type Decision, openingOf, type Tender, unanswered } from './tender.ts';
import { isAfter } from './terms.ts';

/** What of a tender only its buyer can bring forward, while others wait for it. */
export type Waiting = {
  /** When the first of it began to wait. */
  readonly since: string;
  /** Questions that keep bids sealed after the deadline. */
  readonly openQuestions: number;
  /** Lots of an opened tender that are neither awarded nor declared unsuccessful. */
  readonly undecidedLots: readonly string[];
  /** Questions of bidders about their outcome. */
  readonly openClarifications: number;
};

/** Undefined where nobody waits for the buyer. Before the opening it depends on no bid. */
export const waitingOf = (tender: Tender): Waiting | undefined => {
  switch (tender.status) {
    case 'closed': {
      const openQuestions = unanswered(tender).length;
      const since = tender.closedAt;
      return openQuestions > 0 ? { since, openQuestions, undecidedLots: [], openClarifications: 0 } : undefined;
    }
    case 'opened':
    case 'awarded':
    case 'unsuccessful':
    case 'cancelled': {
      const opening = openingOf(tender);
      if (!opening) return undefined;
      const decided = tender.status === 'opened' ? tender.results.map(({ lotId }) => lotId) : undefined;
      const undecidedLots = decided ? tender.terms.lots.map(({ id }) => id).filter((id) => !decided.includes(id)) : [];
      const open = (opening.clarifications ?? []).filter(({ answer }) => answer === undefined);
      const began = [...(undecidedLots.length > 0 ? [opening.openedAt] : []), ...open.map(({ askedAt }) => askedAt)];
      const since = began.reduce<string | undefined>(
        (first, at) => (first === undefined || isAfter(first, at) ? at : first),
        undefined,
      );
      return since === undefined ? undefined : { since, openQuestions: 0, undecidedLots, openClarifications: open.length };
    }
    default:
      return undefined;
  }
};

const week = { hours: 7 * 24 };

/** When the buyer is reminded next: a week after something began to wait, and a week after the last time. */
export const nextReminderOf = (tender: Tender): string | undefined => {
  const waiting = waitingOf(tender);
  if (!waiting) return undefined;
  const last = 'remindedAt' in tender ? tender.remindedAt : undefined;
  const from = last !== undefined && isAfter(last, waiting.since) ? last : waiting.since;
  return Temporal.Instant.from(from).add(week).toString({ fractionalSecondDigits: 3 });
};

/** What the clock brings about while others wait for the buyer. Quiet before its time, and once nobody waits any more. */
export const remindBuyer = (tender: Tender, { at }: { readonly at: string }): Decision => {
  const next = nextReminderOf(tender);
  return next === undefined || isAfter(next, at) ? [] : [{ type: 'BuyerReminded', at }];
};
