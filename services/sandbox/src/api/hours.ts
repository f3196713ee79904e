import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { NewHours, OpeningHoursView } from '@umuhuza/contracts/sandbox/hoursSchemas';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { changeHours, endHours } from '../hours/changeHours.ts';
import type { Hours, KnownHours, Plan } from '../hours/hours.ts';
import { openHours } from '../hours/openHours.ts';
import { whyNot } from '../hours/outlook.ts';
import { foreseeHours } from '../hoursForeseen.ts';
import { ahead, outlookOf, slotsOf } from '../recurrence.ts';
import { isInUse } from '../slot/followHours.ts';
import { isMovedByHand, slotIdOf } from '../slotsOfHours.ts';
import { termsOf } from '../terms.ts';
import { contentOf, type StoredEnvironment } from '../views.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type Routes = Pick<
  Handlers<typeof sandboxApi>,
  'openHours' | 'previewHours' | 'hours' | 'oneHours' | 'hoursOutlook' | 'changeHours' | 'endHours'
>;

export const hoursRoutes = (deps: Deps): Routes => {
  const { environments, hours, slots, clock } = deps;
  /**
   * How many slots in use a plan would no longer have. Only asked for so that the host has to say what becomes of them: what really
   * happens is decided slot by slot, where nothing said means that they are kept.
   */
  const slotsInUse = async (hoursId: string, plan: Plan | undefined, at: string): Promise<number> => {
    const outlook = plan && outlookOf(plan, at);
    if (outlook && 'broken' in outlook) return 0;
    const wanted = new Set((plan ? slotsOf(plan, at, ahead(at)).slots : []).map((slot) => slotIdOf(hoursId, slot)));
    const there = await slots.ofHours(hoursId, at);
    return there.filter(
      (slot) => slot.status === 'open' && isInUse(slot) && !wanted.has(slot.id) && !(plan && isMovedByHand(hoursId, slot)),
    ).length;
  };

  const shown = (at: string) => (state: Hours) => ({ status: 200 as const, body: toHoursView(state as KnownHours, at) });

  return {
    openHours: async ({ params, body, req }) => {
      const { organisation: by } = memberOf(req);
      const cause = causeOf(req, clock);
      const id = idFrom(cause, 'hours');
      const at = clock();
      const opened = (state: Hours) => ({ ...shown(at)(state), status: 201 as const });
      const environment = await environments.find(params.id);
      if (environment === undefined || environment.status !== 'open') {
        // Where hours were opened before the environment was closed, they are told again.
        const refused = environment?.status === 'closed' ? 'environment-closed' : 'no-such-environment';
        return answer(req, await hours.change(id, () => ({ refused }), cause, opened));
      }
      const plan = planOf(body, environment);
      const outlook = outlookOf(plan, at);
      const { id: environmentId, host } = environment;
      const change = await hours.change(
        id,
        (state, hoursId) => openHours(state, { hoursId, environmentId, host, plan, outlook, by, at }),
        cause,
        opened,
      );
      return answer(req, change);
    },
    previewHours: async ({ params, query: { hoursId }, body, req }) => {
      const environment = await environments.find(params.id);
      if (environment === undefined || environment.status === 'none') return refuse(req, 'no-such-environment');
      if (environment.host.organisationId !== memberOf(req).organisation) return refuse(req, 'not-the-host');
      const before = hoursId === undefined ? undefined : await hours.find(hoursId);
      const isThere = before !== undefined && before.status !== 'none' && before.environmentId === environment.id;
      if (hoursId !== undefined && !isThere) return refuse(req, 'no-such-hours');
      const at = clock();
      const plan = planOf(body, environment);
      const no = whyNot(plan, outlookOf(plan, at));
      if (no) return refuse(req, no.refused, no.detail);
      return { status: 200, body: await foreseeHours(deps, { hoursId, plan, terms: termsOf(environment), at }) };
    },
    hours: async ({ params, query: { limit, cursor }, req }) => {
      const found = await hours.list(params.id, limit, cursor);
      if (found === 'unknown-cursor') return refuse(req, found);
      return { status: 200, body: { items: found.items.map((one) => toHoursView(one, clock())), next: found.next } };
    },
    oneHours: async ({ params, req }) => {
      const found = await hours.find(params.id);
      return found === undefined || found.status === 'none' ? refuse(req, 'no-such-hours') : shown(clock())(found);
    },
    hoursOutlook: async ({ params: { id: hoursId }, req }) => {
      const found = await hours.find(hoursId);
      if (found === undefined || found.status === 'none') return refuse(req, 'no-such-hours');
      if (found.host.organisationId !== memberOf(req).organisation) return refuse(req, 'not-the-host');
      if (found.status === 'ended') return refuse(req, 'hours-ended');
      const environment = (await environments.find(found.environmentId)) as StoredEnvironment;
      if (environment.status === 'closed') return refuse(req, 'environment-closed');
      return {
        status: 200,
        body: await foreseeHours(deps, { hoursId, plan: found.plan, terms: termsOf(environment), at: clock() }),
      };
    },
    changeHours: async ({ params, headers, body: { timeZone, bufferMinutes, inUse = null, ...content }, req }) => {
      const { organisation: by } = memberOf(req);
      const at = clock();
      const before = await hours.find(params.id);
      if (before === undefined || before.status === 'none') return refuse(req, 'no-such-hours');
      const plan = {
        ...content,
        bufferMinutes: bufferMinutes ?? before.plan.bufferMinutes,
        timeZone: timeZone ?? before.plan.timeZone,
      };
      const outlook = outlookOf(plan, at);
      const inDanger = await slotsInUse(params.id, plan, at);
      const change = await hours.change(
        params.id,
        (state) =>
          state.status !== 'none' && isStale(headers['if-match'], toHoursView(state, at))
            ? { refused: 'stale-version' as const }
            : changeHours(state, { plan, outlook, slotsInUse: inDanger, inUse, by, at }),
        causeOf(req, clock),
        shown(at),
      );
      return answer(req, change);
    },
    endHours: async ({ params, body: { reason, inUse = null }, req }) => {
      const { organisation: by } = memberOf(req);
      const at = clock();
      const inDanger = await slotsInUse(params.id, undefined, at);
      const change = await hours.change(
        params.id,
        (state) => endHours(state, { reason, slotsInUse: inDanger, inUse, by, at }),
        causeOf(req, clock),
        shown(at),
      );
      return answer(req, change);
    },
  };
};

/** What is not said of new hours is as in their environment. */
const planOf = ({ timeZone, bufferMinutes, ...content }: NewHours, environment: StoredEnvironment): Plan => {
  const usual = contentOf(environment);
  return {
    ...content,
    bufferMinutes: bufferMinutes ?? usual.bufferMinutes ?? 0,
    timeZone: timeZone ?? usual.timeZone,
  };
};

const toHoursView = (known: KnownHours, at: string): OpeningHoursView => {
  const { id, environmentId, host, plan, status, openedUntil, openedAt, changedAt } = known;
  return {
    hoursId: id,
    environmentId,
    host,
    status,
    ...plan,
    windows: plan.windows.map((window) => ({ ...window, exdates: [...window.exdates], rdates: [...window.rdates] })),
    blackouts: [...plan.blackouts],
    openedUntil,
    skipped: status === 'open' ? [...slotsOf(plan, at, ahead(at)).skipped] : [],
    endedBecause: known.status === 'ended' ? known.reason : null,
    openedAt,
    changedAt,
  };
};
