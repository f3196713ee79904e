import { type Table, tenderPage } from './table.ts';

/** What the steps of a tender tell. */
export const tendersTell = {
  'tenders.TenderAmended': ({ tender: { tenderId, title, buyer, deadline }, changesWhatIsAsked = false, reason }) => ({
    about: tenderId,
    tell: [
      {
        to: { toldBefore: ['tender-matched'] },
        kind: 'tender-amended',
        data: { title, deadline, confirmBids: changesWhatIsAsked, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.QuestionAsked': ({ tenderId, title, buyer, question }) => ({
    about: tenderId,
    tell: [{ to: buyer.organisationId, kind: 'question-asked', data: { title, question }, link: tenderPage(tenderId) }],
  }),

  // Who asked stays unknown even here; the answer goes to every firm that was told of the tender, and stands on its page.
  'tenders.QuestionAnswered': ({ tenderId, title, buyer, question, answer }) => ({
    about: tenderId,
    tell: [
      {
        to: { toldBefore: ['tender-matched'] },
        kind: 'question-answered',
        data: { title, question, answer },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.QuestionRejected': ({ tenderId, title, buyer, question, reason }) => ({
    about: tenderId,
    tell: [
      {
        to: { toldBefore: ['tender-matched'] },
        kind: 'question-rejected',
        data: { title, question, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.BiddingClosed': ({ tenderId, title, buyer, openingWaitsFor = [] }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'bidding-closed',
        data: { title, openQuestions: openingWaitsFor.length },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.BidsOpened': ({ tenderId, title, buyer, bidders, bids }) => ({
    about: tenderId,
    tell: [
      { to: buyer.organisationId, kind: 'bids-opened', data: { title, bids, as: 'buyer' }, link: tenderPage(tenderId) },
      ...bidders.map((bidder) => ({
        to: bidder,
        kind: 'bids-opened' as const,
        data: { title, bids, as: 'bidder' as const },
        other: buyer,
        link: tenderPage(tenderId),
      })),
    ],
  }),

  'tenders.BidderInformed': ({ tenderId, title, buyer, organisationId, outcome, rank, score, reason }) => ({
    about: tenderId,
    tell: [
      {
        to: organisationId,
        kind: 'award-outcome',
        data: { title, outcome, rank, score, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.LotAwarded': ({ tenderId, title, buyer, winner, value, reason }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'lot-awarded',
        data: { title, value, reason },
        other: { organisationId: winner.organisationId },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.TenderCancelled': ({ tenderId, title, buyer, reason }) => ({
    about: tenderId,
    tell: [
      { to: buyer.organisationId, kind: 'tender-cancelled', data: { title, reason }, link: tenderPage(tenderId) },
      {
        to: { toldBefore: ['tender-matched', 'bids-opened'] },
        kind: 'tender-cancelled',
        data: { title, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.TenderUnsuccessful': ({ tenderId, title, buyer, reason }) => ({
    about: tenderId,
    tell: [
      { to: buyer.organisationId, kind: 'tender-unsuccessful', data: { title, reason }, link: tenderPage(tenderId) },
      {
        to: { toldBefore: ['bids-opened'] },
        kind: 'tender-unsuccessful',
        data: { title, reason },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),
} satisfies Table;
