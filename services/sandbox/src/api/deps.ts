import type { Clock } from '@umuhuza/service/clock';
import type { EnvironmentBook } from '../environmentBook.ts';
import type { HoursBook } from '../hoursBook.ts';
import type { OrganisationNames } from '../organisationNames.ts';
import type { SlotBook } from '../slotBook.ts';
import type { TermsTexts } from '../termsTexts.ts';

export type Deps = {
  readonly environments: EnvironmentBook;
  readonly termsTexts: TermsTexts;
  readonly hours: HoursBook;
  readonly slots: SlotBook;
  readonly organisations: OrganisationNames;
  readonly clock: Clock;
};
