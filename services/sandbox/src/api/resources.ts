import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import { isStale } from '@umuhuza/service/etag';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { describeResources } from '../resources/describeResources.ts';
import { type HostResources, nothingReserved } from '../resources/resources.ts';
import type { Deps } from './deps.ts';
import { answer } from './problems.ts';

type Routes = Pick<Handlers<typeof sandboxApi>, 'resources' | 'describeResources'>;

const view = ({ resources }: HostResources) => ({
  resources: resources.map(({ id: resourceId, name, kind, quantity }) => ({ resourceId, name, kind, quantity })),
});

export const resourceRoutes = ({ resources, clock }: Deps): Routes => ({
  resources: async ({ req }) => ({
    status: 200,
    body: view((await resources.find(memberOf(req).organisation)) ?? nothingReserved),
  }),
  describeResources: async ({ body, headers, req }) => {
    const described = body.resources.map(({ resourceId: id, name, kind, quantity }) => ({ id, name, kind, quantity }));
    const change = await resources.change(
      memberOf(req).organisation,
      (state) =>
        isStale(headers['if-match'], view(state))
          ? { refused: 'stale-version' as const }
          : describeResources(state, { resources: described, at: clock() }),
      causeOf(req, clock),
      (state) => ({ status: 200 as const, body: view(state) }),
    );
    return answer(req, change);
  },
});
