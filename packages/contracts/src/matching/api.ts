import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { apiOptions, pageQuery, postHeaders, type RouteMetadata } from '../api.ts';
import { personLanguage } from '../identity/schemas.ts';
import { id } from '../values.ts';
import {
  acceptance,
  cooperations,
  interest,
  interestStatus,
  interests,
  myMatches,
  newInterest,
  refusal,
  tenderMatches,
} from './schemas.ts';

const one = z.strictObject({ id });
/** The language in which reasons are told. */
const language = personLanguage.default('en');

export const matchingApi = initContract().router(
  {
    tenderMatches: {
      method: 'GET',
      path: '/tenders/:id/matches',
      pathParams: one,
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20), language }),
      responses: { 200: tenderMatches },
      // Programme staff need no organisation of their own.
      metadata: { access: 'user' } satisfies RouteMetadata,
      summary: 'The firms that fit a tender, best first, for its buyer and programme staff; a firm sees its own match only',
    },
    mine: {
      method: 'GET',
      path: '/mine',
      query: z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(10), language }),
      responses: { 200: myMatches },
      summary: 'What fits the own organisation: open tenders, partners, firms for its own tenders, and what its profile lacks',
    },
    expressInterest: {
      method: 'POST',
      path: '/interests',
      headers: postHeaders,
      body: newInterest,
      responses: { 201: interest },
      summary: 'Tell another organisation that one would like to work with it',
    },
    interests: {
      method: 'GET',
      path: '/interests',
      query: pageQuery.extend({ direction: z.enum(['sent', 'received']).optional(), status: interestStatus.optional() }),
      responses: { 200: interests },
      summary: 'The own interests, sent and received, newest first',
    },
    acceptInterest: {
      method: 'POST',
      path: '/interests/:id/accept',
      pathParams: one,
      headers: postHeaders,
      body: acceptance,
      responses: { 200: interest },
      summary: 'Accept an interest; both sides are introduced and a cooperation begins',
    },
    declineInterest: {
      method: 'POST',
      path: '/interests/:id/decline',
      pathParams: one,
      headers: postHeaders,
      body: refusal.optional(),
      responses: { 200: interest },
      summary: 'Decline an interest; the other side is told, with the reason if one is given',
    },
    cooperations: {
      method: 'GET',
      path: '/cooperations',
      query: pageQuery,
      responses: { 200: cooperations },
      summary: 'The cooperations of the own organisation, newest first',
    },
  },
  apiOptions('/api/matching'),
);
