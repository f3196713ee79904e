import { documentProblems } from '../documents.ts';
import type { ProblemText } from '../problem.ts';

export const tendersProblems = {
  ...documentProblems,
  'no-such-tender': {
    title: 'There is no such tender',
    detail: 'The id is wrong, or the tender is not for you to see: a draft of someone else, or for other firms only.',
  },
  'only-the-buyer': { title: 'Only the buyer may do this', detail: 'This tender belongs to another organisation.' },
  'buyer-unknown-yet': {
    title: 'Your organisation is not known here yet',
    detail: 'Its registration is still on its way to the tenders. Try again in a moment.',
  },
  'not-a-draft': { title: 'The tender is published already', detail: 'Only a draft can be published.' },
  'tender-not-complete': { title: 'The tender is not complete', detail: 'Fill in what is missing, then publish it.' },
  'deadline-not-in-future': {
    title: 'The deadline must lie in the future',
    detail: 'Choose a deadline that leaves bidders time to prepare a bid.',
  },
  'duplicate-ids': { title: 'An id is given twice', detail: 'Each lot and each criterion needs an id of its own.' },
  'budget-in-other-currency': {
    title: 'The budget has another currency than the tender',
    detail: 'Give the budget and the bids one currency.',
  },
  'deadline-only-later': {
    title: 'A published deadline can only move to a later instant',
    detail: 'Bidders rely on the deadline they were shown. Choose a later one, or leave it.',
  },
  'too-close-to-deadline': {
    title: 'The deadline is too close for this change',
    detail: 'What is asked can change in the last four days only together with a later deadline.',
  },
  'amendment-without-reason': {
    title: 'This amendment has no reason',
    detail: 'What is changed in a published tender stays in its history for all who see it. Say in a sentence why.',
  },
  'too-many-amendments': {
    title: 'The tender was amended too often',
    detail: 'Cancel it with a reason and publish a new one.',
  },
  'audience-only-wider': {
    title: 'The audience of a published tender can only become wider',
    detail: 'Firms may be working on a bid already. Invite more firms or open the tender to all; nobody can be shut out.',
  },
  'no-such-organisation': {
    title: 'There is no such organisation',
    detail:
      'An invited organisation is not known here. Take its id from its profile; one that has just registered is known in a moment.',
  },
  'too-many-followers': { title: 'Too many follow this tender', detail: 'Look at its page for what changes.' },
  'amended-since': {
    title: 'The tender was amended since you read it',
    detail: 'What is asked has changed. Read the tender again, look your bid through and submit it then; nothing was handed in.',
  },
  'bidding-is-over': {
    title: 'Bidding is over',
    detail: 'The deadline has passed by the clock of this service; nothing can be handed in, changed or withdrawn any more.',
  },
  'bidding-not-over': {
    title: 'Bids are still being taken',
    detail: 'They can be opened when the deadline has passed. It happens by itself then.',
  },
  'not-published': { title: 'The tender is not published', detail: 'Publish it first.' },
  'procedure-is-over': {
    title: 'The procedure is over',
    detail: 'The tender was awarded, cancelled or declared unsuccessful; nothing can be changed any more.',
  },
  'a-lot-is-awarded': {
    title: 'A lot is awarded already',
    detail: 'A tender with an award cannot be cancelled. Declare the other lots unsuccessful instead.',
  },
  'buyer-may-not-ask': { title: 'This is your own tender', detail: 'Explain things by an amendment instead of a question.' },
  'too-many-questions': {
    title: 'Too many questions',
    detail: 'Wait for answers to the ones that are open, or put several into one.',
  },
  'no-such-question': { title: 'There is no such question', detail: 'Read the tender again for its questions.' },
  'question-already-answered': {
    title: 'The question is answered already',
    detail: 'Its answer is public and stays. Explain more by an amendment.',
  },
  'questions-unanswered': {
    title: 'Questions wait for an answer',
    detail: 'Answer each open question or reject it with a reason; then the bids can be opened.',
  },
  'only-rwandan-firms-bid': {
    title: 'Only Rwandan firms may bid',
    detail: 'Your organisation is registered in another country.',
  },
  'buyer-may-not-bid': { title: 'A buyer may not bid for its own tender', detail: 'This tender belongs to your organisation.' },
  'no-such-lot': { title: 'There is no such lot', detail: 'Read the tender again for its lots.' },
  'no-such-criterion': {
    title: 'There is no such criterion',
    detail: 'Read the tender again for its criteria; a price criterion is scored by its formula.',
  },
  'given-twice': { title: 'Something is given twice', detail: 'Give one price a lot, one answer and one score a criterion.' },
  'price-in-other-currency': {
    title: 'A price has another currency than the tender',
    detail: 'Give all prices in the currency of the tender.',
  },
  'must-have-not-confirmed': {
    title: 'A must-have is not confirmed',
    detail: 'This tender asks for each of its must-haves to be confirmed in the bid.',
  },
  'document-not-uploaded': {
    title: 'A document of the bid was not uploaded',
    detail: 'Upload it first, and name it in the bid exactly as the upload answered.',
  },
  'document-in-use': {
    title: 'The bid or its draft names this document',
    detail: 'Save the draft or submit the bid without it first.',
  },
  'no-draft': { title: 'You have no draft here', detail: 'None was saved, or it was submitted, thrown away or has expired.' },
  'no-bid': { title: 'You have no bid here', detail: 'Submit one, or check the tender.' },
  'bids-not-opened': {
    title: 'Bids are sealed',
    detail: 'Nobody but its bidder can read a bid, or learn that there is one, before the bids are opened.',
  },
  'bids-not-readable': {
    title: 'The bids cannot be read now',
    detail: 'Nothing was opened and nothing is lost. It is tried again by itself; tell the programme office if it stays.',
  },
  'no-such-bid': { title: 'There is no such bid', detail: 'Read the opened bids again.' },
  'bid-is-disqualified': { title: 'This bid is disqualified', detail: 'Choose another bid, or declare the lot unsuccessful.' },
  'bid-already-won': { title: 'This bid has won a lot', detail: 'A bid with an award cannot be disqualified.' },
  'scores-are-final': {
    title: 'These scores are final',
    detail: 'A lot was awarded by them. Scores of bids for other lots can still be given.',
  },
  'bids-not-scored': {
    title: 'Not every bid is scored',
    detail: 'Give each valid bid for the lot a score for each quality criterion first.',
  },
  'not-a-member': {
    title: 'An evaluator is no member of your organisation',
    detail: 'Only members of the buying organisation evaluate. Invite the person first; it is known here in a moment.',
  },
  'not-an-evaluator': {
    title: 'Only appointed evaluators score',
    detail: 'This tender has evaluators, and you are none of them. The buyer can appoint you while the scoring goes on.',
  },
  'no-evaluators': { title: 'There are no evaluators', detail: 'Appoint evaluators, or score the bids as the buyer.' },
  'evaluator-has-scored': {
    title: 'An evaluator has scored already',
    detail: 'Whoever has given a score stays an evaluator. The scoring can be closed without those who never finish.',
  },
  'conflict-of-interest': {
    title: 'You have a conflict of interest',
    detail:
      'Whoever belongs to a bidder or has declared a conflict with its bid neither scores that bid or its rivals nor decides about the lots it is for. Another member of your organisation does.',
  },
  'scoring-is-over': {
    title: 'The scoring is over',
    detail: 'The evaluators have seen each other’s scores; nothing in them changes any more.',
  },
  'scoring-not-over': {
    title: 'The evaluators have not finished',
    detail: 'Wait until each has given all scores, or close the scoring with a reason.',
  },
  'not-first-in-ranking': {
    title: 'Another bid ranks higher',
    detail: 'A lot goes to the first in its ranking. A bid above it can only be passed over by disqualifying it with a reason.',
  },
  'lot-already-awarded': { title: 'This lot is awarded already', detail: 'A lot is awarded once.' },
  'lot-not-awarded': { title: 'This lot is not awarded', detail: 'Award it first.' },
  'not-the-winner': { title: 'This lot was not awarded to you', detail: 'Only its winner may do this.' },
  'standstill-not-over': {
    title: 'The standstill period is not over',
    detail: 'Between an award and its contract the other bidders have time to ask. Offer the contract when it has passed.',
  },
  'no-such-contract': {
    title: 'This contract is not offered',
    detail: 'The buyer has offered none, or another one since. Read the tender again and sign what it shows.',
  },
  'contract-is-signed': {
    title: 'The contract is signed',
    detail: 'The award cannot be declined, withdrawn or offered anew any more.',
  },
  'contract-not-signed': { title: 'The contract is not signed', detail: 'Milestones are signed off once it is.' },
  'no-such-milestone': { title: 'There is no such milestone', detail: 'Read the contract again for its milestones.' },
  'milestone-is-reached': {
    title: 'This milestone is reached',
    detail: 'Both sides have signed it off; nothing is added to it any more.',
  },
  'no-outcome-yet': {
    title: 'There is no outcome to ask about',
    detail: 'Once a lot you have bid for is decided, you can ask about its outcome.',
  },
  'clarification-asked-already': { title: 'You have asked already', detail: 'An outcome can be asked about once.' },
  'no-such-clarification': { title: 'There is no such question', detail: 'Read the opened bids again.' },
  'lot-unsuccessful': { title: 'This lot was declared unsuccessful', detail: 'It cannot be awarded any more.' },
  'too-many-releases': {
    title: 'This package holds too many releases',
    detail: 'One import takes 500 releases at most. Split the package; importing a release again changes nothing.',
  },
  'not-ocds': {
    title: 'This is no OCDS release',
    detail: 'A release package with "releases", a single release with "ocid", or an array of them is expected.',
  },
  'no-such-cpv-code': {
    title: 'There is no such CPV code here',
    detail: 'The vocabulary of 2008 is known in its divisions 48, 72, 73, 79 and 80; search it by words or by the first digits.',
  },
  'unknown-cursor': {
    title: 'The cursor is not usable',
    detail: 'Start again without a cursor, or use the one from "next" as it is.',
  },
} satisfies Record<string, ProblemText>;
export type TendersProblem = keyof typeof tendersProblems;
