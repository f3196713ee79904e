import { createHmac, hkdfSync } from 'node:crypto';
import type { CommandCause } from '@umuhuza/eventing/cause';
import { sealJson, unsealJson } from './aead.ts';

/**
 * What is done with the one key of a tender. Everything that leads to a bidder or to what a bid says passes through here before it is
 * stored; without the key it can neither be read nor be found by trying out, for organisations and prices are few enough to be tried.
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
  /** A key for another purpose, named by it. */
  readonly keyFor: (...purpose: readonly string[]) => Buffer;
};

/** Answers lie in the tender's document, of which each change reads all; they are short. */
const answerStep = 128;
const memoryMarkLength = 12;

export const tenderSeal = (tenderId: string, key: Buffer): TenderSeal => {
  const keyFor = (...purpose: readonly string[]): Buffer =>
    Buffer.from(hkdfSync('sha256', key, Buffer.from(tenderId), JSON.stringify(['umuhuza', ...purpose]), 32));
  const mark = (purpose: string) => {
    const marking = keyFor('mark', purpose);
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
    digest: mark('digest'),
    cause: sealedCause,
    bidCause: (cause, organisation) => ({
      ...sealedCause(cause),
      apart: memoryMark(organisation).slice(0, memoryMarkLength),
    }),
    contentKey: (contentId) => keyFor('content', contentId).toString('base64url'),
    sealAnswer: (body) => sealJson(answers, aboutAnswers, body, answerStep).toString('base64url'),
    unsealAnswer: (sealed) => unsealJson(answers, aboutAnswers, Buffer.from(sealed, 'base64url')),
    keyFor,
  };
};
