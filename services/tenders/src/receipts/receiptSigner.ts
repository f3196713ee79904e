import type { JwkSet, ReceiptStatement } from '@umuhuza/contracts/tenders/schemas';

/** Signs receipts, and tells the public keys by which everybody can check them. */
export type ReceiptSigner = {
  /** A compact JWS; the same statement gives the same text as long as the key is the same. */
  readonly sign: (statement: ReceiptStatement) => Promise<string>;
  /** Of all keys that ever signed: a receipt stays checkable. */
  readonly publicKeys: () => Promise<JwkSet>;
};

/** What kind of JWS a receipt is: nothing else that this key may come to sign can be taken for one. */
export const receiptType = 'bid-receipt+jws';
