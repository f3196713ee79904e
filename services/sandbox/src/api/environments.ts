import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { EnvironmentContent, SlotConflict } from '@umuhuza/contracts/sandbox/schemas';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { closeEnvironment, reopenEnvironment } from '../environment/closeEnvironment.ts';
import { describeEnvironment } from '../environment/describeEnvironment.ts';
import type { Environment } from '../environment/environment.ts';
import { openEnvironment } from '../environment/openEnvironment.ts';
import { needsTime } from '../reservations.ts';
import { type Conflict, conflictsIn } from '../resources/conflicts.ts';
import { full, isFull, mostReservations } from '../resources/fitIn.ts';
import { nothingReserved } from '../resources/resources.ts';
import { secureStanding } from '../standingSlots.ts';
import { termsOf } from '../terms.ts';
import { type StoredEnvironment, toEnvironmentView } from '../views.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';
import { toConflict } from './seeingConflicts.ts';

type Routes = Pick<
  Handlers<typeof sandboxApi>,
  | 'openEnvironment'
  | 'environments'
  | 'environment'
  | 'editEnvironment'
  | 'conflicts'
  | 'closeEnvironment'
  | 'reopenEnvironment'
  | 'termsOfUse'
>;

const shown = (environment: Environment<EnvironmentContent>) => ({
  status: 200 as const,
  body: toEnvironmentView(environment as StoredEnvironment),
});

const toConflictView = ({ reservation: { slotId, startsAt }, obstacle }: Conflict): SlotConflict => ({
  slotId,
  startsAt,
  ...toConflict(obstacle),
});

export const environmentRoutes = (deps: Deps): Routes => {
  const { environments, slots, resources, termsTexts, organisations, clock } = deps;
  /** The text goes apart, and lies there before its hash is named anywhere. */
  const withoutTerms = async ({ termsOfUse, ...content }: EnvironmentContent & { termsOfUse?: string | undefined }) => ({
    content,
    ...(termsOfUse === undefined || termsOfUse === '' ? {} : { termsHash: await termsTexts.keep(termsOfUse) }),
  });

  return {
    openEnvironment: async ({ body, req }) => {
      const { organisation, country } = memberOf(req);
      const cause = causeOf(req, clock);
      const host = { organisationId: organisation, name: await organisations.nameOf(organisation) };
      const described = await withoutTerms(body);
      const change = await environments.change(
        idFrom(cause, 'environment'),
        (environment, environmentId) => openEnvironment(environment, { environmentId, host, country, ...described, at: clock() }),
        cause,
        (environment) => ({ ...shown(environment), status: 201 as const }),
      );
      return answer(req, change);
    },
    environments: async ({ query: { limit, cursor, mine, ...filter }, req }) => {
      const host = mine ? memberOf(req).organisation : undefined;
      const found = await environments.list({ ...filter, host }, limit, cursor);
      return found === 'unknown-cursor' ? refuse(req, found) : { status: 200, body: found };
    },
    environment: async ({ params, req }) => {
      const environment = await environments.find(params.id);
      return environment === undefined || environment.status === 'none' ? refuse(req, 'no-such-environment') : shown(environment);
    },
    editEnvironment: async ({ params, headers, body, req }) => {
      const { organisation: by } = memberOf(req);
      const described = await withoutTerms(body);
      const change = await environments.change(
        params.id,
        (environment) =>
          environment.status !== 'none' && isStale(headers['if-match'], toEnvironmentView(environment))
            ? { refused: 'stale-version' as const }
            : describeEnvironment(environment, { ...described, by, at: clock() }),
        causeOf(req, clock),
        shown,
      );
      if (change.outcome === 'done') await secureStanding(deps, termsOf(change.state as StoredEnvironment));
      return answer(req, change);
    },
    conflicts: async ({ params, req }) => {
      const environment = await environments.find(params.id);
      if (environment === undefined || environment.status === 'none') return refuse(req, 'no-such-environment');
      const { organisation } = memberOf(req);
      if (environment.host.organisationId !== organisation) return refuse(req, 'not-the-host');
      const at = clock();
      const calendar = (await resources.find(organisation)) ?? nothingReserved;
      const found = conflictsIn(calendar, at).filter((one) => one.reservation.environmentId === params.id);
      // What a full calendar did not take stands on nothing.
      const without =
        needsTime(termsOf(environment)) && isFull(calendar, at) ? await slots.withoutTime(params.id, at, mostReservations) : [];
      const items = [
        ...found.map(toConflictView),
        ...without.map(({ id: slotId, startsAt }) => ({ slotId, startsAt, ...toConflict(full) })),
      ];
      return { status: 200, body: { items } };
    },
    closeEnvironment: async ({ params, body: { reason }, req }) => {
      const { organisation: by } = memberOf(req);
      const change = await environments.change(
        params.id,
        (environment) => closeEnvironment(environment, { reason, by, at: clock() }),
        causeOf(req, clock),
        shown,
      );
      return answer(req, change);
    },
    reopenEnvironment: async ({ params, req }) => {
      const { organisation: by } = memberOf(req);
      const change = await environments.change(
        params.id,
        (environment) => reopenEnvironment(environment, { by, at: clock() }),
        causeOf(req, clock),
        shown,
      );
      return answer(req, change);
    },
    termsOfUse: async ({ params: { hash }, req }) => {
      const text = await termsTexts.find(hash);
      return text === undefined ? refuse(req, 'no-such-terms') : { status: 200, body: { hash, text } };
    },
  };
};
