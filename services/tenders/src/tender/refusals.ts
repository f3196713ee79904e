/** Every way to say no to a change of a tender. */
export type TenderRefusal =
  | 'no-such-tender'
  | 'only-the-buyer'
  | 'buyer-unknown-yet'
  | 'not-a-draft'
  | 'tender-not-complete'
  | 'deadline-not-in-future'
  | 'duplicate-ids'
  | 'budget-in-other-currency'
  | 'deadline-only-later'
  | 'too-close-to-deadline'
  | 'too-many-amendments'
  | 'audience-only-wider'
  | 'too-many-followers'
  | 'bidding-is-over'
  | 'bidding-not-over'
  | 'not-published'
  | 'procedure-is-over'
  | 'a-lot-is-awarded'
  | 'buyer-may-not-ask'
  | 'too-many-questions'
  | 'no-such-question'
  | 'question-already-answered'
  | 'questions-unanswered'
  | 'only-rwandan-firms-bid'
  | 'buyer-may-not-bid'
  | 'no-such-lot'
  | 'no-such-criterion'
  | 'given-twice'
  | 'price-in-other-currency'
  | 'must-have-not-confirmed'
  | 'too-many-documents'
  | 'no-such-document'
  | 'no-bid'
  | 'bids-not-opened'
  | 'bids-not-readable'
  | 'no-such-bid'
  | 'bid-is-disqualified'
  | 'bid-already-won'
  | 'scores-are-final'
  | 'bids-not-scored'
  | 'not-first-in-ranking'
  | 'lot-already-awarded'
  | 'lot-unsuccessful';

/** `detail` makes the general sentence concrete. */
export type Refused = { readonly refused: TenderRefusal; readonly detail?: string };

export const refuse = (refused: TenderRefusal, detail?: string): Refused =>
  detail === undefined ? { refused } : { refused, detail };

export const isRefusal = (decision: object | undefined): decision is Refused => decision !== undefined && 'refused' in decision;
