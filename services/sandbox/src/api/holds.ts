import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { holdPlace, releaseHold } from '../slot/holdPlace.ts';
import type { KnownSlot } from '../slot/slot.ts';
import { toSlotView } from '../views.ts';
import type { Deps } from './deps.ts';
import { answer } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'holdPlace' | 'releaseHold'>;

export const holdRoutes = ({ slots, organisations, fairUse, clock }: Deps): Routes => ({
  holdPlace: async ({ params, req }) => {
    const { organisation } = memberOf(req);
    const cause = causeOf(req, clock);
    const holdId = idFrom(cause, `hold/${params.id}`);
    const guest = { organisationId: organisation, name: await organisations.nameOf(organisation) };
    const change = await fairUse.within('openHolds', organisation, clock(), (no) =>
      slots.change(
        params.id,
        (slot) => no ?? holdPlace(slot, { holdId, guest, at: clock() }),
        cause,
        (slot) => ({ status: 201 as const, body: toSlotView(slot as KnownSlot, organisation, clock()) }),
      ),
    );
    return answer(req, change);
  },
  releaseHold: async ({ params, req }) => {
    const { organisation } = memberOf(req);
    const change = await slots.change(
      params.id,
      (slot) => releaseHold(slot, { by: organisation, at: clock() }),
      causeOf(req, clock),
      (slot) => ({ status: 200 as const, body: toSlotView(slot as KnownSlot, organisation, clock()) }),
    );
    return answer(req, change);
  },
});
