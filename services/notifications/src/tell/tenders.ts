import type { NotificationKind } from '@umuhuza/contracts/notifications/schemas';
import { invitations, type Receiver } from '../told.ts';
import { bidPage, type Table, tenderPage } from './table.ts';

/**
 * The owners of sealed bids, where the event takes these their worth. They are told first, so as such even where they are interested, too: and
 * since then those who are told as interested would be known not to bid, both are told sealed.
 */
const ownersOf = (owners: string | undefined): readonly Receiver[] => (owners === undefined ? [] : [{ owners }]);

/** All that are interested, alike: whom matching suggested, whom the buyer invited, who follows. */
const interested = (followers: readonly string[] = [], ...orTold: readonly NotificationKind[]): readonly Receiver[] => [
  { toldBefore: [...invitations, ...orTold] },
  ...followers,
];

/** What the steps of a tender tell. */
export const tendersTell = {
  'tenders.FirmsInvited': ({ tenderId, title, buyer, deadline, firms }) => ({
    about: tenderId,
    tell: firms.map((firm) => ({
      to: firm,
      kind: 'tender-invited' as const,
      data: { title, deadline },
      other: buyer,
      link: tenderPage(tenderId),
    })),
  }),

  'tenders.TenderAmended': ({ tender, changesWhatIsAsked = false, reason, followers, owners }) => {
    const { tenderId, title, buyer, deadline } = tender;
    const data = { title, deadline, confirmBids: changesWhatIsAsked, reason };
    const said = { kind: 'tender-amended' as const, other: buyer, sealed: owners !== undefined };
    return {
      about: tenderId,
      becomes: { deadline },
      tell: [
        ...ownersOf(owners).map((to) => ({ to, ...said, data: { ...data, ownBid: true }, link: bidPage(tenderId) })),
        ...interested(followers).map((to) => ({ to, ...said, data, link: tenderPage(tenderId) })),
      ],
    };
  },

  'tenders.QuestionAsked': ({ tenderId, title, buyer, question }) => ({
    about: tenderId,
    tell: [{ to: buyer.organisationId, kind: 'question-asked', data: { title, question }, link: tenderPage(tenderId) }],
  }),

  // Who asked stays unknown even here; the answer goes to all that are interested, and stands on the tender's page.
  'tenders.QuestionAnswered': ({ tenderId, title, buyer, question, answer, followers }) => ({
    about: tenderId,
    tell: interested(followers).map((to) => ({
      to,
      kind: 'question-answered' as const,
      data: { title, question, answer },
      other: buyer,
      link: tenderPage(tenderId),
    })),
  }),

  'tenders.QuestionRejected': ({ tenderId, title, buyer, question, reason, followers }) => ({
    about: tenderId,
    tell: interested(followers).map((to) => ({
      to,
      kind: 'question-rejected' as const,
      data: { title, question, reason },
      other: buyer,
      link: tenderPage(tenderId),
    })),
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

  'tenders.BidNotOpened': ({ tenderId, title, buyer, organisationId }) => ({
    about: tenderId,
    tell: [{ to: organisationId, kind: 'bid-not-opened', data: { title }, other: buyer, link: tenderPage(tenderId) }],
  }),

  'tenders.BidderInformed': ({ tenderId, title, buyer, lotId: _, lotTitle: lot, organisationId, ...outcome }) => ({
    about: tenderId,
    tell: [
      {
        to: organisationId,
        kind: 'award-outcome',
        data: { title, lot, ...outcome },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.LotAwarded': ({ tenderId, title, buyer, lotTitle: lot, winner, value, reason, because, how, rank, score }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'lot-awarded',
        data: { title, lot, value, reason, because, how, rank, score },
        other: { organisationId: winner.organisationId },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.EvaluatorsAppointed': ({ tenderId, title, buyer, evaluators }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        only: evaluators,
        kind: 'evaluators-appointed',
        data: { title },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.ScoringEnded': ({ tenderId, title, buyer, reason }) => ({
    about: tenderId,
    tell: [{ to: buyer.organisationId, kind: 'scoring-ended', data: { title, reason }, link: tenderPage(tenderId) }],
  }),

  'tenders.AwardLapsed': ({ tenderId, title, buyer, lotTitle: lot, winner, how, reason }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'award-lapsed',
        data: { title, lot, how, reason, as: 'buyer' },
        other: { organisationId: winner.organisationId },
        link: tenderPage(tenderId),
      },
      {
        to: winner.organisationId,
        kind: 'award-lapsed',
        data: { title, lot, how, reason, as: 'winner' },
        other: buyer,
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.ContractOffered': ({ tenderId, title, buyer, lotTitle: lot, supplier }) => ({
    about: tenderId,
    tell: [{ to: supplier, kind: 'contract-offered', data: { title, lot }, other: buyer, link: tenderPage(tenderId) }],
  }),

  'tenders.ContractSigned': ({ tenderId, title, buyer, lotTitle: lot, supplier, value }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'contract-signed',
        data: { title, lot, value },
        other: { organisationId: supplier },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.MilestoneSignedOff': ({ tenderId, title, buyer, lotTitle: lot, supplier, by }) => ({
    about: tenderId,
    tell: [
      {
        to: by === 'buyer' ? supplier : buyer.organisationId,
        kind: 'milestone-signed-off',
        data: { title, lot },
        other: by === 'buyer' ? buyer : { organisationId: supplier },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.ContractCompleted': ({ tenderId, title, buyer, lotTitle: lot, supplier }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'contract-completed',
        data: { title, lot },
        other: { organisationId: supplier },
        link: tenderPage(tenderId),
      },
      { to: supplier, kind: 'contract-completed', data: { title, lot }, other: buyer, link: tenderPage(tenderId) },
    ],
  }),

  'tenders.ClarificationAsked': ({ tenderId, title, buyer, lotTitle: lot, organisationId }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'clarification-asked',
        data: { title, lot },
        other: { organisationId },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.ClarificationAnswered': ({ tenderId, title, buyer, lotTitle: lot, organisationId }) => ({
    about: tenderId,
    tell: [
      { to: organisationId, kind: 'clarification-answered', data: { title, lot }, other: buyer, link: tenderPage(tenderId) },
    ],
  }),

  'tenders.BuyerReminded': ({ tenderId, title, buyer, since, openQuestions, undecidedLots, lots, openClarifications }) => ({
    about: tenderId,
    tell: [
      {
        to: buyer.organisationId,
        kind: 'buyer-reminded',
        data: { title, since, openQuestions, undecidedLots, lots, openClarifications },
        link: tenderPage(tenderId),
      },
    ],
  }),

  'tenders.TenderCancelled': ({ tenderId, title, buyer, reason, followers, owners }) => {
    const said = { kind: 'tender-cancelled' as const, link: tenderPage(tenderId) };
    const sealed = owners !== undefined;
    const data = { title, reason };
    return {
      about: tenderId,
      becomes: 'over',
      tell: [
        { to: buyer.organisationId, ...said, data },
        ...ownersOf(owners).map((to) => ({ to, ...said, data: { ...data, ownBid: true }, other: buyer, sealed })),
        ...interested(followers, 'bids-opened').map((to) => ({ to, ...said, data, other: buyer, sealed })),
      ],
    };
  },

  'tenders.TenderUnsuccessful': ({ tenderId, title, buyer, reason, because, how, followers = [] }) => ({
    about: tenderId,
    becomes: 'over',
    tell: [
      {
        to: buyer.organisationId,
        kind: 'tender-unsuccessful',
        data: { title, reason, because, how },
        link: tenderPage(tenderId),
      },
      ...[{ toldBefore: ['bids-opened'] as const }, ...followers].map((to) => ({
        to,
        kind: 'tender-unsuccessful' as const,
        data: { title, reason, because, how },
        other: buyer,
        link: tenderPage(tenderId),
      })),
    ],
  }),
} satisfies Table;
