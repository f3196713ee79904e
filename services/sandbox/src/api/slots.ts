import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { changeCapacity } from '../slot/changeCapacity.ts';
import { closeSlot } from '../slot/closeSlot.ts';
import { openSlot } from '../slot/openSlot.ts';
import type { KnownSlot, Slot } from '../slot/slot.ts';
import { termsOf } from '../terms.ts';
import { toSlotView } from '../views.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'openSlot' | 'slots' | 'slot' | 'changeCapacity' | 'closeSlot'>;

export const slotRoutes = ({ environments, slots, clock }: Deps): Routes => ({
  openSlot: async ({ params, body, req }) => {
    const { organisation } = memberOf(req);
    const environment = await environments.find(params.id);
    if (environment === undefined || environment.status === 'none') return refuse(req, 'no-such-environment');
    if (environment.status === 'closed') return refuse(req, 'environment-closed');
    const terms = termsOf(environment);
    const { capacity, ...times } = body;
    const when = 'date' in times ? { ...times, timeZone: times.timeZone ?? terms.timeZone } : times;
    const cause = causeOf(req, clock);
    const change = await slots.change(
      idFrom(cause, 'slot'),
      (slot, slotId) => openSlot(slot, { slotId, terms, when, capacity, by: organisation, at: clock() }),
      cause,
      (slot) => ({ status: 201 as const, body: toSlotView(slot as KnownSlot, organisation, clock()) }),
    );
    return answer(req, change);
  },
  slots: async ({ query: { limit, cursor, free, from, price, atMost, currency, ...filter }, req }) => {
    const { organisation } = memberOf(req);
    const at = clock();
    const found = await slots.list(
      {
        ...filter,
        from: from ?? at,
        onlyFree: free !== undefined,
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
  closeSlot: async ({ params, body: { reason }, req }) => {
    const { organisation } = memberOf(req);
    const change = await slots.change(
      params.id,
      (slot) => closeSlot(slot, { reason, by: organisation, at: clock() }),
      causeOf(req, clock),
      shown(organisation, clock),
    );
    return answer(req, change);
  },
});

const shown = (reader: string, clock: Deps['clock']) => (slot: Slot) => ({
  status: 200 as const,
  body: toSlotView(slot as KnownSlot, reader, clock()),
});
