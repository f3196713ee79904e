import { deleteForgotten, forgottenBefore } from '@umuhuza/documents/notedFiles';
import type { Clock } from '@umuhuza/service/clock';
import type { BidDocuments } from '../bidDocuments.ts';
import { milestoneDocumentsOf } from '../tender/addMilestoneDocument.ts';
import { documentsOf } from '../tender/changeDocuments.ts';
import { noTender } from '../tender/evolve.ts';
import type { TenderBook } from '../tenderBook.ts';
import type { TenderFiles } from '../tenderFiles.ts';

type Deps = {
  readonly tenders: TenderBook;
  readonly tenderFiles: TenderFiles;
  readonly bidDocuments: BidDocuments;
  readonly clock: Clock;
};

/** Deletes files that a crash left between storing and naming them. */
export const deleteForgottenFiles =
  ({ tenders, tenderFiles, bidDocuments, clock }: Deps) =>
  async (): Promise<void> => {
    const before = forgottenBefore(clock());
    await bidDocuments.deleteUnfinished(before);
    await deleteForgotten(tenderFiles, before, async (tenderId, id) => {
      const tender = (await tenders.look(tenderId)) ?? noTender;
      return [...documentsOf(tender), ...milestoneDocumentsOf(tender)].some((one) => one.id === id);
    });
  };
