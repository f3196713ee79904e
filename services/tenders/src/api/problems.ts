import type { ProblemStatus } from '@umuhuza/contracts/problem';
import { tendersProblems } from '@umuhuza/contracts/tenders/problems';
import { problemsOf } from '@umuhuza/service/problems';
import type { TenderRefusal } from '../tender/refusals.ts';

/** The one place where a refusal meets a status code. */
const statuses = {
  'no-such-tender': 404,
  'only-the-buyer': 403,
  'buyer-unknown-yet': 409,
  'not-a-draft': 409,
  'tender-not-complete': 422,
  'deadline-not-in-future': 422,
  'duplicate-ids': 422,
  'budget-in-other-currency': 422,
  'deadline-only-later': 422,
  'too-close-to-deadline': 409,
  'too-many-amendments': 409,
  'bidding-is-over': 409,
  'bidding-not-over': 409,
  'not-published': 409,
  'procedure-is-over': 409,
  'a-lot-is-awarded': 409,
  'buyer-may-not-ask': 403,
  'too-many-questions': 429,
  'no-such-question': 404,
  'question-already-answered': 409,
  'questions-unanswered': 409,
  'only-rwandan-firms-bid': 403,
  'buyer-may-not-bid': 403,
  'no-such-lot': 422,
  'no-such-criterion': 422,
  'given-twice': 422,
  'price-in-other-currency': 422,
  'no-bid': 404,
  'bids-not-opened': 409,
  'bids-not-readable': 503,
  'no-such-bid': 422,
  'bid-is-disqualified': 409,
  'bid-already-won': 409,
  'scores-are-final': 409,
  'bids-not-scored': 409,
  'not-first-in-ranking': 409,
  'lot-already-awarded': 409,
  'lot-unsuccessful': 409,
  'not-ocds': 422,
  'too-many-releases': 422,
  'no-such-cpv-code': 404,
  'unknown-cursor': 400,
} as const satisfies Record<keyof typeof tendersProblems | TenderRefusal, ProblemStatus>;

export const { refuse, answer } = problemsOf(statuses, tendersProblems);
