import type { NotedFiles } from '@umuhuza/documents/notedFiles';
import type { Clock } from '@umuhuza/service/clock';
import type { EnvironmentBook } from '../environmentBook.ts';
import type { EvidenceOfBefore } from '../evidenceFiles.ts';
import type { FairUse } from '../fairUse.ts';
import type { FeedBook } from '../feedBook.ts';
import type { HoursBook } from '../hoursBook.ts';
import type { Members } from '../members.ts';
import type { OrganisationNames } from '../organisationNames.ts';
import type { ReportBook } from '../reportBook.ts';
import type { ReportSigner } from '../reportSigner.ts';
import type { ResourcesBook } from '../resourcesBook.ts';
import type { SlotBook } from '../slotBook.ts';
import type { TermsTexts } from '../termsTexts.ts';

export type Deps = {
  readonly environments: EnvironmentBook;
  readonly termsTexts: TermsTexts;
  readonly hours: HoursBook;
  readonly resources: ResourcesBook;
  readonly slots: SlotBook;
  readonly feeds: FeedBook;
  readonly members: Members;
  readonly reports: ReportBook;
  /** Documents of environments and evidence of reports; the environment or the report is their owner. */
  readonly files: NotedFiles;
  readonly evidenceOfBefore: EvidenceOfBefore;
  readonly signer: ReportSigner;
  readonly fairUse: FairUse;
  readonly organisations: OrganisationNames;
  /** Where the portal stands; addresses in answers begin with it. */
  readonly publicUrl: string;
  readonly clock: Clock;
};
