import type { Book } from '@umuhuza/eventing/book';
import type { ResourcesRefusal } from './resources/refusals.ts';
import type { HostResources, ResourcesFact } from './resources/resources.ts';

/** Each host's resources and who has them when, under the host's id. */
export type ResourcesBook = Pick<Book<HostResources, ResourcesFact, ResourcesRefusal>, 'find' | 'change'> & {
  /** Hosts with reservations that are to be settled by this instant. */
  readonly toSettle: (at: string, limit: number) => Promise<{ readonly host: string; readonly state: HostResources }[]>;
};
