import type { Readable } from 'node:stream';
import type { Document } from '@umuhuza/contracts/documents';
import type { NotTaken } from '@umuhuza/documents/receiveDocument';

/** The files of tenders, which all see who see the tender. The tender names them; a file that it never came to name is found again. */
export type TenderFiles = {
  readonly receive: (
    tenderId: string,
    upload: { readonly id: string; readonly name: string; readonly content: Readable; readonly at: string },
  ) => Promise<Document | NotTaken>;
  /** The tender names it now. */
  readonly settled: (id: string) => Promise<void>;
  readonly open: (id: string) => Promise<Readable | undefined>;
  readonly delete: (id: string) => Promise<void>;
  /** Received before this instant and not settled. */
  readonly unsettled: (before: string) => Promise<readonly { readonly id: string; readonly tenderId: string }[]>;
};
