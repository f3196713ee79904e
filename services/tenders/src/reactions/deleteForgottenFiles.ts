import type { Clock } from '@umuhuza/service/clock';
import type { BidDocuments } from '../bidDocuments.ts';
import { milestoneDocumentsOf } from '../tender/addMilestoneDocument.ts';
import { documentsOf } from '../tender/changeDocuments.ts';
import { noTender } from '../tender/evolve.ts';
import type { TenderBook } from '../tenderBook.ts';
import type { TenderFiles } from '../tenderFiles.ts';

/** Long enough for any upload to have come to its end. */
const after = { hours: 24 };

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
    const before = Temporal.Instant.from(clock()).subtract(after).toString({ fractionalSecondDigits: 3 });
    await bidDocuments.deleteUnfinished(before);
    for (const { id, tenderId } of await tenderFiles.unsettled(before)) {
      const tender = (await tenders.look(tenderId)) ?? noTender;
      const named = [...documentsOf(tender), ...milestoneDocumentsOf(tender)].some((one) => one.id === id);
      await (named ? tenderFiles.settled(id) : tenderFiles.delete(id));
    }
  };
