import type { BidReceipt } from '@umuhuza/contracts/tenders/schemas';
import { giveToSave } from '../../../api/files.ts';

/** Hands a receipt to the browser to be saved, as `npm run verify-receipt` reads it. */
export const saveReceipt = (receipt: Pick<BidReceipt, 'tenderId' | 'version' | 'statement'>, event: 'bid' | 'withdrawal'): void =>
  giveToSave(
    new Blob([`${JSON.stringify(receipt, null, 2)}\n`], { type: 'application/json' }),
    `receipt-${event}-${receipt.tenderId}-v${receipt.version}.json`,
  );

/** The bid as it was sent, to be compared with its receipt. */
export const saveContent = (content: unknown, tenderId: string, version: number): void =>
  giveToSave(
    new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: 'application/json' }),
    `bid-${tenderId}-v${version}.json`,
  );
