import type { Clock } from '@umuhuza/service/clock';
import type { BidDocuments } from '../bidDocuments.ts';
import type { BidDrafts } from '../bidDrafts.ts';
import type { BidStore } from '../bidStore.ts';
import type { CpvVocabulary } from '../cpv/vocabulary.ts';
import type { Organisations } from '../organisations.ts';
import type { ReceiptSigner } from '../receipts/receiptSigner.ts';
import type { Askers } from '../sealing/askers.ts';
import type { BidOwners } from '../sealing/bidOwners.ts';
import type { TenderKeys } from '../sealing/tenderKeys.ts';
import type { TenderBook } from '../tenderBook.ts';
import type { TenderFiles } from '../tenderFiles.ts';

export type TendersDeps = {
  readonly tenders: TenderBook;
  readonly bids: BidStore;
  readonly keys: TenderKeys;
  readonly askers: Askers;
  readonly owners: BidOwners;
  readonly drafts: BidDrafts;
  readonly bidDocuments: BidDocuments;
  readonly tenderFiles: TenderFiles;
  readonly receipts: ReceiptSigner;
  readonly organisations: Organisations;
  readonly cpv: CpvVocabulary;
  readonly clock: Clock;
  /** Where the platform is reached from outside; OCDS packages name it as theirs. */
  readonly publicUrl: string;
};
