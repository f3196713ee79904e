import type { AppRoute } from '@ts-rest/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { RouteMetadata } from './api.ts';
import { identityApi } from './identity/api.ts';
import { matchingApi } from './matching/api.ts';
import { notificationsApi } from './notifications/api.ts';
import { profilesApi } from './profiles/api.ts';
import { sandboxApi } from './sandbox/api.ts';
import { tendersApi } from './tenders/api.ts';

/**
 * How each route that changes something keeps its first answer (docs/decisions/0205).
 *
 * By its Idempotency-Key:
 * - `document`: in the document it changes, refusals as well.
 * - `upload`: there too, with the bytes as part of the request; a refusal for which no byte was read, without them.
 * - `sealed`: there too, apart from all others', under marks and sealed.
 * - `itself`: it concerns many documents, and is remembered as a whole where none of them will ever be.
 *
 * Without a key:
 * - `state`: it says what is to be, or not to be any more; sent again it changes nothing, and tells what is.
 * - `reads`: it changes nothing.
 * - `secret`: its answer is a secret that must not be kept; each request makes a new one, and the former ends.
 * - `once`: it can take effect once, ever. Sent again it is told that it has: its first answer is not kept.
 */
type How = 'document' | 'upload' | 'sealed' | 'itself' | 'state' | 'reads' | 'secret' | 'once';

const routes: Readonly<Record<string, Readonly<Partial<Record<How, readonly string[]>>>>> = {
  identity: { once: ['openProgrammeOffice'] },
  matching: { document: ['expressInterest', 'acceptInterest', 'declineInterest'] },
  notifications: {
    document: ['read', 'archive', 'unarchive'],
    itself: ['seeAll', 'readAll'],
    // A link in a mail is opened by programs that send no key (RFC 8058).
    state: ['editPreferences', 'unsubscribe'],
  },
  profiles: { document: ['publishMine', 'withdrawMine'], state: ['editMine'] },
  sandbox: {
    document: [
      ...['openEnvironment', 'closeEnvironment', 'reopenEnvironment', 'openHours', 'endHours'],
      ...['openSlot', 'changeSlotTime', 'closeSlot', 'holdPlace', 'releaseHold', 'joinWaitlist', 'acceptOffer', 'declineOffer'],
      ...['book', 'confirm', 'decline', 'cancel', 'reschedule', 'inviteTester', 'removeTester', 'complete', 'noShow'],
      ...['moveFinding', 'giveFeedback', 'finishReport'],
    ],
    upload: ['addEnvironmentDocument', 'addEvidence'],
    state: [
      ...['editEnvironment', 'removeEnvironmentDocument', 'changeHours', 'describeResources', 'changeCapacity'],
      'switchOffCalendarFeed',
    ],
    reads: ['previewHours'],
    secret: ['renewCalendarFeed'],
  },
  tenders: {
    document: [
      ...['create', 'publish', 'cancel', 'ask', 'answer', 'openBids'],
      ...['declareConflict', 'closeScoring', 'score', 'disqualify', 'award', 'declareUnsuccessful', 'declineAward'],
      ...['noteWithdrawal', 'offerContract', 'signContract', 'signOffMilestone', 'askClarification', 'answerClarification'],
    ],
    upload: ['addDocument', 'addMilestoneDocument'],
    sealed: ['submitBid', 'withdrawBid', 'addBidDocument'],
    itself: ['importReleases'],
    // What a bidder prepares is nobody's business: neither its draft nor what it took away leaves a command in the tender.
    state: [
      ...['edit', 'follow', 'appointEvaluators', 'removeDocument'],
      ...['removeBidDocument', 'saveBidDraft', 'discardBidDraft'],
    ],
  },
};

const contracts = {
  identity: identityApi,
  matching: matchingApi,
  notifications: notificationsApi,
  profiles: profilesApi,
  sandbox: sandboxApi,
  tenders: tendersApi,
} as unknown as Readonly<Record<string, Readonly<Record<string, AppRoute>>>>;

const changing = Object.entries(contracts).flatMap(([service, api]) =>
  Object.entries(api).flatMap(([name, route]) => (route.method === 'GET' ? [] : [{ service, name, route }])),
);
const heldBy = Object.entries(routes).flatMap(([service, kinds]) =>
  Object.entries(kinds).flatMap(([how, names]) => names.map((name) => ({ service, name, how: how as How }))),
);
const howOf = ({ service, name }: { readonly service: string; readonly name: string }): How | undefined =>
  heldBy.find((one) => one.service === service && one.name === name)?.how;
const takes = (route: AppRoute, header: string): boolean => route.headers instanceof z.ZodObject && header in route.headers.shape;
const metadataOf = (route: AppRoute): RouteMetadata => (route.metadata ?? {}) as RouteMetadata;
const byKey: readonly (How | undefined)[] = ['document', 'upload', 'sealed', 'itself'];

describe('a route that changes something', () => {
  it('says, each of them, how its first answer is kept, once', () => {
    const named = (all: readonly { readonly service: string; readonly name: string }[]) =>
      all.map(({ service, name }) => `${service}.${name}`).toSorted();
    expect(changing.length).toBeGreaterThan(70);
    expect(named(heldBy)).toEqual(named(changing));
  });

  it.each(changing)('takes a key exactly where it is remembered by one: $service.$name', ({ service, name, route }) => {
    const how = howOf({ service, name });
    // `once` takes the key that all POSTs take, and has no use for it.
    if (how !== 'once') expect(takes(route, 'idempotency-key')).toBe(byKey.includes(how));
    expect(how === 'upload' || name === 'addBidDocument').toBe(metadataOf(route).upload === true);
    if (how === 'sealed') expect(metadataOf(route).sealed).toBe(true);
    if (how === 'document' || how === 'upload' || how === 'itself') expect(route.method).toBe('POST');
    if (metadataOf(route).sealed) expect(['sealed', 'state']).toContain(how);
  });

  it('that replaces what somebody has read takes the ETag it was read with', () => {
    const without = changing.filter(
      (one) => one.route.method !== 'DELETE' && howOf(one) === 'state' && !takes(one.route, 'if-match'),
    );
    // They say one thing whole, or name instead of what they say it, or switch one thing off: nothing of what somebody else said is lost by them.
    expect(without.map(({ name }) => name).toSorted()).toEqual([
      'appointEvaluators',
      'follow',
      'switchOffCalendarFeed',
      'unsubscribe',
    ]);
  });
});
