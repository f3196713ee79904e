import { createHmac, hkdfSync } from 'node:crypto';
import type { CommandCause } from '@umuhuza/eventing/cause';
import { sealJson, unsealJson } from '@umuhuza/service/sealing/aead';
import { z } from 'zod';
import type { Letter, SealedLetter } from './letters.ts';

/**
 * What is done with a tender's key and with a bidder's. Everything that leads to a bidder or to what a bid says passes through here before it is
 * stored; without the keys it can neither be read nor be found by trying out, for organisations and prices are few enough to be tried.
 */
export type TenderSeal = {
  /** What stands for an organisation in bids until the opening. */
  readonly bidder: (organisation: string) => string;
  /** What stands for the hash of a content: a plain hash of a price gives the price away. */
  readonly digest: (digest: string) => string;
  /** The cause of a command as the tender may remember it, where who gave it is nobody's business. */
  readonly cause: (cause: CommandCause) => CommandCause;
  /** The same where that there was a command is nobody's business either, not even of another bidder. */
  readonly bidCause: (cause: CommandCause, organisation: string) => CommandCause;
  /** The key of one content, base64url: the opening gives away those of the opened bids, and no other. */
  readonly contentKey: (contentId: string) => string;
  /** The answer to a bidder's command, as the tender may keep it. */
  readonly sealAnswer: (body: unknown) => string;
  readonly unsealAnswer: (sealed: string) => unknown;
  /** What the opening reads of this content, and no other reader can: who gave it, and its key. */
  readonly letter: (contentId: string, bidder: string) => Promise<SealedLetter>;
  /** A key of the bidder's for another purpose, named by it. */
  readonly keyFor: (...purpose: readonly string[]) => Buffer;
};

/** Answers lie in the tender's document, of which each change reads all; they are short. */
const answerLength = 128;
const memoryMarkLength = 12;

export type SealKeys = {
  /** Stands for bidders and their commands. */
  readonly marks: Buffer;
  /** Seals what one bidder brings. */
  readonly own: Buffer;
  readonly letter: (contentId: string, letter: Letter) => Promise<SealedLetter>;
};

const deriving =
  (tenderId: string, key: Buffer) =>
  (...purpose: readonly string[]): Buffer =>
    Buffer.from(hkdfSync('sha256', key, Buffer.from(tenderId), JSON.stringify(['umuhuza', ...purpose]), 32));

export const tenderSeal = (tenderId: string, { marks, own, letter }: SealKeys): TenderSeal => {
  const keyFor = deriving(tenderId, own);
  const contentKey = (contentId: string) => keyFor('content', contentId).toString('base64url');
  const mark = (purpose: string, key = marks) => {
    const marking = deriving(tenderId, key)('mark', purpose);
    return (text: string): string => createHmac('sha256', marking).update(text).digest('base64url');
  };
  const [causeMark, requestMark, memoryMark] = [mark('cause'), mark('request'), mark('memory')];
  const sealedCause = (cause: CommandCause): CommandCause => ({
    ...cause,
    id: causeMark(cause.id),
    fingerprint: requestMark(cause.fingerprint),
  });
  const answers = keyFor('answers');
  const aboutAnswers = ['answer', tenderId];
  return {
    bidder: mark('bidder'),
    digest: mark('digest', own),
    cause: sealedCause,
    bidCause: (cause, organisation) => ({
      ...sealedCause(cause),
      apart: memoryMark(organisation).slice(0, memoryMarkLength),
    }),
    contentKey,
    letter: (contentId, bidder) => letter(contentId, { bidder, contentKey: contentKey(contentId) }),
    sealAnswer: (body) => sealJson(answers, aboutAnswers, body, answerLength).toString('base64url'),
    unsealAnswer: (sealed) => unsealJson(answers, aboutAnswers, Buffer.from(sealed, 'base64url')),
    keyFor,
  };
};

const aboutBidder = (tenderId: string, contentId: string) => ['bidder', tenderId, contentId];

/** Where a tender has one key for all, it reads who gave a content, and the content's key comes from it. */
export const earlierLetter =
  (tenderId: string, key: Buffer): SealKeys['letter'] =>
  async (contentId, { bidder }) => ({
    bidder: sealJson(deriving(tenderId, key)('bidder-of-content'), aboutBidder(tenderId, contentId), bidder, 256),
  });

export const readEarlierLetter = (tenderId: string, key: Buffer) => {
  const keyFor = deriving(tenderId, key);
  return (contentId: string, { bidder }: Extract<SealedLetter, { readonly bidder: Uint8Array }>): Letter => ({
    bidder: z.string().parse(unsealJson(keyFor('bidder-of-content'), aboutBidder(tenderId, contentId), bidder)),
    contentKey: keyFor('content', contentId).toString('base64url'),
  });
};
