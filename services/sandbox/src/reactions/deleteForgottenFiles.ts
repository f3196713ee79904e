import { deleteForgotten, forgottenBefore, type NotedFiles } from '@umuhuza/documents/notedFiles';
import type { Clock } from '@umuhuza/service/clock';
import { documentsOf } from '../environment/documents.ts';
import { noEnvironment } from '../environment/environment.ts';
import type { EnvironmentBook } from '../environmentBook.ts';
import type { ReportBook } from '../reportBook.ts';

type Deps = {
  readonly environments: EnvironmentBook;
  readonly reports: ReportBook;
  readonly files: NotedFiles;
  readonly clock: Clock;
};

/** Deletes files that a crash left between storing and naming them. */
export const deleteForgottenFiles =
  ({ environments, reports, files, clock }: Deps) =>
  (): Promise<void> =>
    deleteForgotten(files, forgottenBefore(clock()), async (owner, id) => {
      const documents = documentsOf((await environments.find(owner)) ?? noEnvironment);
      const report = await reports.find(owner);
      const evidence = report === undefined || report.status === 'none' ? [] : report.evidence;
      return documents.some((one) => one.id === id) || evidence.some(({ file }) => file === id);
    });
