import { bidContent, type JwkSet, type ReceiptStatement, receiptStatement } from '@umuhuza/contracts/tenders/schemas';
import { checkStatement, fieldOf, jsonIn, jwsIn } from '@umuhuza/service/signedStatement';
import { digestOf } from '../digest.ts';
import { receiptType } from './receiptSigner.ts';

/** What became of checking a receipt; `because` is a sentence for people. */
export type Verdict =
  | { readonly genuine: true; readonly statement: ReceiptStatement; readonly content: 'same' | 'other' | 'not-given' }
  | { readonly genuine: false; readonly because: string };

/**
 * Checks a receipt with nothing but the published keys: the signed statement itself, or the answer that carries it. `content` is the bid
 * as it was sent, or an answer that carries it as `content`; without it only the receipt is checked.
 */
export const verifyReceipt = async (receipt: string, keys: JwkSet, content?: string): Promise<Verdict> => {
  const jws = jwsIn(receipt) ?? jwsIn(fieldOf(jsonIn(receipt), 'statement'));
  if (jws === undefined)
    return {
      genuine: false,
      because: 'This is no receipt: neither a signed statement nor an answer that carries one was found.',
    };
  const checked = await checkStatement(jws, keys, { type: receiptType, schema: receiptStatement, name: 'receipt' });
  return checked.genuine
    ? { ...checked, content: content === undefined ? 'not-given' : compare(content, checked.statement) }
    : checked;
};

const compare = (text: string, { digest }: ReceiptStatement): 'same' | 'other' => {
  const given = jsonIn(text);
  const inner = fieldOf(given, 'content') ?? given;
  // The service reads what was sent by this schema before it hashes it: defaults are filled in, line ends and spaces at ends are not kept.
  const content = bidContent.safeParse(inner);
  return content.success && digestOf(content.data) === digest ? 'same' : 'other';
};
