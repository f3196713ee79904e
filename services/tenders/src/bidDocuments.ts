import type { Readable } from 'node:stream';
import type { Document } from '@umuhuza/contracts/documents';
import type { NotTaken } from '@umuhuza/documents/receiveDocument';
import type { DraftPlace } from './bidDrafts.ts';

/** By the id of the content that names a document. */
export type Claim = { readonly by: string; readonly at: string };

/** The documents a bidder brings for one tender: encrypted like its bid, and as much its own, until the opening of a bid that names them. */
export type BidDocuments = {
  /**
   * Stores a document while it comes in; the same id again gives what is there, and of two attempts at once the first to come to its end
   * counts. `another-document`: with the same id came another name or other bytes. `gone-meanwhile`: what its tender's bidders brought was deleted before it had come in.
   */
  readonly add: (
    place: DraftPlace,
    upload: { readonly id: string; readonly name: string; readonly content: Readable; readonly at: string },
  ) => Promise<Document | NotTaken | 'too-many-documents' | 'another-document' | 'gone-meanwhile'>;
  readonly list: (place: DraftPlace) => Promise<Document[]>;
  /** The content, by the document's own key; undefined when it is gone. */
  readonly open: (tenderId: string, document: Document, key: Buffer) => Promise<Readable | undefined>;
  /**
   * Notes, before the bid is decided on, that this content names them: from here on none of them is deleted as dropped. False, and nothing
   * is noted, when one is not there or being deleted.
   */
  readonly claim: (place: DraftPlace, ids: readonly string[], claim: Claim) => Promise<boolean>;
  /** The content is not, or no longer, what the tender names as this bidder's bid. */
  readonly release: (place: DraftPlace, contentId: string) => Promise<void>;
  /**
   * Deletes those of these that no bid has claimed since this instant: one of them may be on its way to the tender. What was claimed before
   * it, the caller has found unnamed. Gives back which are gone.
   */
  readonly delete: (place: DraftPlace, ids: readonly string[], unclaimedSince: string) => Promise<string[]>;
  /** Of this bidder all that came in, and was claimed, before this instant, but these: no bid and no draft names them. */
  readonly deleteUnnamed: (place: DraftPlace, named: readonly string[], before: string) => Promise<void>;
  /** All of a tender but these. */
  readonly keepOnly: (tenderId: string, ids: readonly string[]) => Promise<void>;
  /** What was begun before this instant and never came to its end; and what a crash left half deleted. */
  readonly deleteUnfinished: (before: string) => Promise<void>;
};
