import { initContract } from '@ts-rest/core';
import { z } from 'zod';
import { apiOptions, editHeaders, page, pageQuery, postHeaders, type RouteMetadata } from '../api.ts';
import { id } from '../values.ts';
import { cpvEntry, cpvPlace, cpvQuery, writtenCpvCode } from './cpv.ts';
import {
  award,
  because,
  bidContent,
  bidReceipt,
  disqualification,
  following,
  importResult,
  jwkSet,
  myBid,
  newQuestion,
  newTender,
  ocdsInput,
  ocdsPackage,
  ocdsRecordPackage,
  openedBids,
  questionAnswer,
  scores,
  tenderChanges,
  tenderStatus,
  tenderSummary,
  tenderView,
  unsuccessful,
  withdrawalReceipt,
} from './schemas.ts';

const c = initContract();
const ofTender = z.strictObject({ id });
const nothing = z.strictObject({}).optional();

/** What is the same for everybody, signed in or not. */
const open = { access: 'public' } satisfies RouteMetadata;

/** The routes whose mere use tells that somebody bids. */
const sealed = { sealed: true } satisfies RouteMetadata;

export const tendersApi = c.router(
  {
    create: {
      method: 'POST',
      path: '',
      summary: 'Begin a tender as a draft that only its buyer sees',
      headers: postHeaders,
      body: newTender,
      responses: { 201: tenderView },
    },
    list: {
      method: 'GET',
      path: '',
      summary: 'Open tenders, newest first; with mine=true the own ones of every state, drafts included',
      query: pageQuery.extend({
        mine: z.enum(['true', 'false']).default('false'),
        /** Without it: those that take bids; with mine=true, all. */
        status: tenderStatus.or(z.literal('all')).optional(),
        /** A CPV code, or its first digits; it finds also what lies below it: 72000000 and 72 find 72212000. */
        cpv: z
          .string()
          .regex(/^\d{1,8}$/, 'The first digits of a CPV code are expected, like 72 or 72212000')
          .optional(),
      }),
      responses: { 200: page(tenderSummary) },
    },
    importReleases: {
      method: 'POST',
      path: '/import',
      summary: 'Make drafts of public notices in the Open Contracting Data Standard; again changes nothing',
      headers: postHeaders,
      metadata: { bodyLimit: '5mb' } satisfies RouteMetadata,
      body: ocdsInput,
      responses: { 200: importResult },
    },
    searchCpv: {
      method: 'GET',
      path: '/cpv',
      summary: 'Find CPV codes by code or by words in English or German, best first; divisions 48, 72, 73, 79 and 80',
      metadata: open,
      query: cpvQuery,
      responses: { 200: z.strictObject({ items: z.array(cpvEntry) }) },
    },
    cpv: {
      method: 'GET',
      path: '/cpv/:code',
      summary: 'A CPV code with those above and below it',
      metadata: open,
      pathParams: z.strictObject({ code: writtenCpvCode }),
      responses: { 200: cpvPlace },
    },
    receiptKeys: {
      method: 'GET',
      path: '/jwks',
      summary: 'The public keys by which receipts for bids can be checked, as a JWK set',
      metadata: { access: 'public' } satisfies RouteMetadata,
      responses: { 200: jwkSet },
    },
    get: {
      method: 'GET',
      path: '/:id',
      summary: 'A tender, with its questions and answers, its amendments and its outcome',
      pathParams: ofTender,
      responses: { 200: tenderView },
    },
    edit: {
      method: 'PATCH',
      path: '/:id',
      summary: 'Edit a draft, or amend a published tender',
      pathParams: ofTender,
      headers: editHeaders,
      body: tenderChanges,
      responses: { 200: tenderView },
    },
    publish: {
      method: 'POST',
      path: '/:id/publish',
      summary: 'Publish a complete draft',
      pathParams: ofTender,
      headers: postHeaders,
      body: nothing,
      responses: { 200: tenderView },
    },
    cancel: {
      method: 'POST',
      path: '/:id/cancel',
      summary: 'Cancel a tender; before opening its bids are deleted unread',
      pathParams: ofTender,
      headers: postHeaders,
      body: because,
      responses: { 200: tenderView },
    },
    ask: {
      method: 'POST',
      path: '/:id/questions',
      summary: 'Ask the buyer; everybody reads the question, nobody learns who asked',
      pathParams: ofTender,
      headers: postHeaders,
      body: newQuestion,
      responses: { 201: tenderView },
    },
    answer: {
      method: 'POST',
      path: '/:id/questions/:questionId/answer',
      summary: 'Answer a question for everybody, or reject it with a reason',
      pathParams: ofTender.extend({ questionId: id }),
      headers: postHeaders,
      body: questionAnswer,
      responses: { 200: tenderView },
    },
    follow: {
      method: 'PUT',
      path: '/:id/following',
      summary:
        'Be told of changes, answers and the end of a tender, or not any more; bidding alone tells no one, so nobody is told by it',
      pathParams: ofTender,
      body: following,
      responses: { 200: tenderView },
    },
    submitBid: {
      method: 'PUT',
      path: '/:id/bids/mine',
      summary: 'Submit, change or confirm the own sealed bid, until the deadline',
      pathParams: ofTender,
      headers: editHeaders.extend(postHeaders.shape),
      metadata: sealed,
      body: bidContent,
      responses: { 200: bidReceipt },
    },
    myBid: {
      method: 'GET',
      path: '/:id/bids/mine',
      summary: 'The own bid, and later its outcome',
      pathParams: ofTender,
      metadata: sealed,
      responses: { 200: myBid },
    },
    withdrawBid: {
      method: 'DELETE',
      path: '/:id/bids/mine',
      summary: 'Withdraw the own bid, until the deadline; it leaves no trace but the receipt',
      pathParams: ofTender,
      headers: editHeaders,
      metadata: sealed,
      body: c.noBody(),
      responses: { 200: withdrawalReceipt },
    },
    receipt: {
      method: 'GET',
      path: '/:id/bids/mine/receipt',
      summary: 'The receipt for the present version of the own bid, once more',
      pathParams: ofTender,
      metadata: sealed,
      responses: { 200: bidReceipt },
    },
    openBids: {
      method: 'POST',
      path: '/:id/open-bids',
      summary: 'Open the bids after the deadline; it also happens by itself',
      pathParams: ofTender,
      headers: postHeaders,
      body: nothing,
      responses: { 200: tenderView },
    },
    bids: {
      method: 'GET',
      path: '/:id/bids',
      summary: 'For the buyer, after opening: the bids and each lot’s ranking with each criterion’s share',
      pathParams: ofTender,
      responses: { 200: openedBids },
    },
    score: {
      method: 'POST',
      path: '/:id/scores',
      summary: 'Score opened bids by quality criterion',
      pathParams: ofTender,
      headers: postHeaders,
      body: scores,
      responses: { 200: tenderView },
    },
    disqualify: {
      method: 'POST',
      path: '/:id/disqualify',
      summary: 'Disqualify an opened bid with a reason',
      pathParams: ofTender,
      headers: postHeaders,
      body: disqualification,
      responses: { 200: tenderView },
    },
    award: {
      method: 'POST',
      path: '/:id/award',
      summary: 'Award a lot to the first in its ranking; every bidder for it gets an answer',
      pathParams: ofTender,
      headers: postHeaders,
      body: award,
      responses: { 200: tenderView },
    },
    declareUnsuccessful: {
      method: 'POST',
      path: '/:id/unsuccessful',
      summary: 'Declare a lot, or all that are left, unsuccessful with a reason',
      pathParams: ofTender,
      headers: postHeaders,
      body: unsuccessful,
      responses: { 200: tenderView },
    },
    ocds: {
      method: 'GET',
      path: '/:id/ocds',
      summary: 'The tender as an OCDS 1.1 release package, a release an event; its buyer also gets what is not public',
      pathParams: ofTender,
      responses: { 200: ocdsPackage },
    },
    ocdsRecord: {
      method: 'GET',
      path: '/:id/ocds/record',
      summary: 'The tender as an OCDS 1.1 record package: its releases, and the compiled release they come to',
      pathParams: ofTender,
      responses: { 200: ocdsRecordPackage },
    },
  },
  apiOptions('/api/tenders'),
);
