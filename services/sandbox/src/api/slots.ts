import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { openReservedSlot } from '../reservations.ts';
import { changeCapacity } from '../slot/changeCapacity.ts';
import type { KnownSlot, Slot } from '../slot/slot.ts';
import { secureStanding } from '../standingSlots.ts';
import { termsOf } from '../terms.ts';
import { toSlotView } from '../views.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';
import { shown } from './slotChanges.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'openSlot' | 'slots' | 'slot' | 'changeCapacity'>;

export const slotRoutes = (deps: Deps): Routes => {
  const { environments, slots, clock } = deps;
  return {
    openSlot: async ({ params, body, req }) => {
      const { organisation } = memberOf(req);
      const cause = causeOf(req, clock);
      const slotId = idFrom(cause, 'slot');
      const opened = (slot: Slot) => ({ status: 201 as const, body: toSlotView(slot as KnownSlot, organisation, clock()) });
      const environment = await environments.find(params.id);
      if (environment === undefined || environment.status !== 'open') {
        // Where the slot was opened before the environment was closed, it is told again.
        const refused = environment?.status === 'closed' ? 'environment-closed' : 'no-such-environment';
        return answer(req, await slots.change(slotId, () => ({ refused }), cause, opened));
      }
      const terms = termsOf(environment);
      const { capacity, ...times } = body;
      const when = 'date' in times ? { ...times, timeZone: times.timeZone ?? terms.timeZone } : times;
      await secureStanding(deps, terms);
      const asked = { slotId, terms, when, capacity, by: organisation };
      return answer(req, await openReservedSlot(deps, asked, cause, opened));
    },
    slots: async ({ query: { limit, cursor, free, waiting, from, price, atMost, currency, ...filter }, req }) => {
      const { organisation } = memberOf(req);
      const at = clock();
      const found = await slots.list(
        {
          ...filter,
          from: from ?? at,
          onlyFree: free !== undefined,
          ...(waiting === undefined ? {} : { waiting: organisation }),
          price: price ?? (atMost === undefined || currency === undefined ? undefined : { atMost, currency }),
        },
        limit,
        cursor,
      );
      if (found === 'unknown-cursor') return refuse(req, found);
      return { status: 200, body: { items: found.items.map((slot) => toSlotView(slot, organisation, at)), next: found.next } };
    },
    slot: async ({ params, req }) => {
      const slot = await slots.find(params.id);
      if (slot === undefined || slot.status === 'none') return refuse(req, 'no-such-slot');
      return { status: 200, body: toSlotView(slot, memberOf(req).organisation, clock()) };
    },
    changeCapacity: async ({ params, body: { capacity }, headers, req }) => {
      const { organisation } = memberOf(req);
      const change = await slots.change(
        params.id,
        (slot) => {
          const at = clock();
          const isOld = slot.status !== 'none' && isStale(headers['if-match'], toSlotView(slot, organisation, at));
          return isOld ? { refused: 'stale-version' as const } : changeCapacity(slot, { capacity, by: organisation, at });
        },
        causeOf(req, clock),
        shown(organisation, clock),
      );
      return answer(req, change);
    },
  };
};
