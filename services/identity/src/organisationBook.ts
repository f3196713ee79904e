import type { Book } from '@umuhuza/eventing/book';
import type { Organisation, OrganisationFact } from './organisation/organisation.ts';
import type { OrganisationRefusal } from './organisation/refusals.ts';

/** What others have been told of each organisation. */
export type OrganisationBook = Pick<Book<Organisation, OrganisationFact, OrganisationRefusal>, 'find' | 'change' | 'outbox'>;
