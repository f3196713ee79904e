import type { Clock } from '@umuhuza/service/clock';
import type { EnvironmentBook } from '../environmentBook.ts';
import type { OrganisationNames } from '../organisationNames.ts';
import type { SlotBook } from '../slotBook.ts';

export type Deps = {
  readonly environments: EnvironmentBook;
  readonly slots: SlotBook;
  readonly organisations: OrganisationNames;
  readonly clock: Clock;
};
