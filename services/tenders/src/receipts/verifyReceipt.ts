import { bidContent, type JwkSet, type ReceiptStatement, receiptStatement } from '@umuhuza/contracts/tenders/schemas';
import { compactVerify, createLocalJWKSet, errors } from 'jose';
import { digestOf } from '../digest.ts';
import { receiptType } from './receiptSigner.ts';

/** What became of checking a receipt; `because` is a sentence for people. */
export type Verdict =
  | { readonly genuine: true; readonly statement: ReceiptStatement; readonly content: 'same' | 'other' | 'not-given' }
  | { readonly genuine: false; readonly because: string };

const no = (because: string): Verdict => ({ genuine: false, because });

/**
 * Checks a receipt with nothing but the published keys: the signed statement itself, or the answer that carries it. `content` is the bid
 * as it was sent, or an answer that carries it as `content`; without it only the receipt is checked.
 */
export const verifyReceipt = async (receipt: string, keys: JwkSet, content?: string): Promise<Verdict> => {
  const jws = jwsIn(receipt);
  if (jws === undefined) return no('This is no receipt: neither a signed statement nor an answer that carries one was found.');
  let signed: Awaited<ReturnType<typeof compactVerify>>;
  try {
    signed = await compactVerify(jws, createLocalJWKSet(keys), { algorithms: ['EdDSA'] });
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey)
      return no('None of these keys signed it: it is a forgery, or the keys are another platform’s.');
    if (error instanceof errors.JOSEError) return no('The signature does not fit: it was changed after it was signed.');
    throw error;
  }
  const statement = receiptStatement.safeParse(jsonIn(Buffer.from(signed.payload).toString()));
  if (signed.protectedHeader.typ !== receiptType || !statement.success)
    return no('The platform signed this, but it is no receipt.');
  return {
    genuine: true,
    statement: statement.data,
    content: content === undefined ? 'not-given' : compare(content, statement.data),
  };
};

const compare = (text: string, { digest }: ReceiptStatement): 'same' | 'other' => {
  const given = jsonIn(text);
  const inner = given !== null && typeof given === 'object' && 'content' in given ? given.content : given;
  // The service reads what was sent by this schema before it hashes it: defaults are filled in, line ends and spaces at ends are not kept.
  const content = bidContent.safeParse(inner);
  return content.success && digestOf(content.data) === digest ? 'same' : 'other';
};

const jwsIn = (text: string): string | undefined => {
  const whole = text.trim();
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(whole)) return whole;
  const answer = jsonIn(whole);
  return answer !== null && typeof answer === 'object' && 'statement' in answer && typeof answer.statement === 'string'
    ? jwsIn(answer.statement)
    : undefined;
};

/** Null for what is no JSON. */
const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
