import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { openEnvironment } from '../environment/openEnvironment.ts';
import { type OpenEnvironment, toEnvironmentView } from '../views.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'openEnvironment' | 'environments' | 'environment'>;

export const environmentRoutes = ({ environments, organisations, clock }: Deps): Routes => ({
  openEnvironment: async ({ body, req }) => {
    const { organisation, country } = memberOf(req);
    const cause = causeOf(req, clock);
    const host = { organisationId: organisation, name: await organisations.nameOf(organisation) };
    const change = await environments.change(
      idFrom(cause, 'environment'),
      (environment, environmentId) => openEnvironment(environment, { environmentId, host, country, content: body, at: clock() }),
      cause,
      (environment) => ({ status: 201 as const, body: toEnvironmentView(environment as OpenEnvironment) }),
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
    return environment?.status === 'open'
      ? { status: 200, body: toEnvironmentView(environment) }
      : refuse(req, 'no-such-environment');
  },
});
