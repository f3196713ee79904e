import type { Reaction } from '@umuhuza/eventing/hear';
import type { Clock } from '@umuhuza/service/clock';
import type { EnvironmentBook } from '../environmentBook.ts';
import type { ResourcesBook } from '../resourcesBook.ts';
import type { SlotBook } from '../slotBook.ts';
import { secureStanding } from '../standingSlots.ts';
import { termsOf } from '../terms.ts';

type Deps = {
  readonly environments: EnvironmentBook;
  readonly slots: SlotBook;
  readonly resources: ResourcesBook;
  readonly clock: Clock;
};

/** What stands in an environment that was described anew gets its time, also when the process that described it died at once. */
export const secureStandingWhenDescribed =
  (deps: Deps): Reaction<'sandbox.EnvironmentChanged'> =>
  ({ data: { environment } }) =>
    secureIn(deps, environment.environmentId);

/** A slot that was opened while its environment was being described anew slipped past what was secured then. */
export const secureStandingWhenSlotOpened =
  (deps: Deps): Reaction<'sandbox.SlotOpened'> =>
  async ({ data: { slotId, environmentId } }) => {
    const slot = await deps.slots.find(slotId);
    if (slot && slot.status !== 'none' && slot.reservationId === undefined) await secureIn(deps, environmentId);
  };

const secureIn = async (deps: Deps, environmentId: string): Promise<void> => {
  const environment = await deps.environments.find(environmentId);
  if (environment && environment.status !== 'none') await secureStanding(deps, termsOf(environment));
};
