import { type Table, tenderPage } from './table.ts';

const interestPage = (interestId: string): string => `/interests/${interestId}`;

/** What matches, interests and cooperations tell. */
export const matchingTell = {
  'matching.FirmsMatched': ({ tenderId, title, buyer, deadline, firms }) => ({
    about: tenderId,
    tell: firms.map(({ organisationId, reasons, reasonsIn }) => ({
      to: organisationId,
      kind: 'tender-matched',
      data: {
        title,
        deadline,
        reasons: reasons.slice(0, 5),
        ...(reasonsIn ? { reasonsInGerman: reasonsIn.de.slice(0, 5) } : {}),
      },
      other: buyer,
      link: tenderPage(tenderId),
    })),
  }),

  'matching.InterestExpressed': ({ interestId, from, to, message, expiresAt }) => ({
    tell: [{ to, kind: 'interest-expressed', data: { message, expiresAt }, other: from, link: interestPage(interestId) }],
  }),

  'matching.InterestAccepted': ({ interestId, from, to, toName, reason }) => ({
    tell: [
      {
        to: from.organisationId,
        kind: 'interest-accepted',
        data: { reason },
        other: { organisationId: to, name: toName },
        link: interestPage(interestId),
      },
    ],
  }),

  'matching.InterestDeclined': ({ interestId, from, to, toName, reason }) => ({
    tell: [
      {
        to: from.organisationId,
        kind: 'interest-declined',
        data: { reason },
        other: { organisationId: to, name: toName },
        link: interestPage(interestId),
      },
    ],
  }),

  'matching.InterestExpired': ({ interestId, from, to, toName }) => ({
    tell: [
      {
        to: from.organisationId,
        kind: 'interest-expired',
        data: { as: 'asking' },
        other: { organisationId: to, name: toName },
        link: interestPage(interestId),
      },
      { to, kind: 'interest-expired', data: { as: 'asked' }, other: from, link: interestPage(interestId) },
    ],
  }),

  'matching.CooperationStarted': ({ cooperationId, organisations: [a, b], names, origin, title }) => ({
    tell: [
      { to: a, other: { organisationId: b, name: names?.[1] } },
      { to: b, other: { organisationId: a, name: names?.[0] } },
    ].map((side) => ({
      ...side,
      kind: 'cooperation-started',
      data: { title, origin: origin.kind },
      link: `/cooperations/${cooperationId}`,
    })),
  }),

  'matching.CooperationEnded': ({ cooperationId, organisations: [a, b], names, title, reason }) => ({
    tell: [
      { to: a, other: { organisationId: b, name: names?.[1] } },
      { to: b, other: { organisationId: a, name: names?.[0] } },
    ].map((side) => ({ ...side, kind: 'cooperation-ended', data: { title, reason }, link: `/cooperations/${cooperationId}` })),
  }),
} satisfies Table;
