import { notificationsApi } from '@umuhuza/contracts/notifications/api';
import { createServiceApp, type ServiceParts } from '@umuhuza/service/serviceApp';
import type { Express } from 'express';
import type { LiveInbox } from './live/liveInbox.ts';
import { streamRoute } from './live/streamRoute.ts';
import { type ApiDeps, answeredApi, notificationsHandlers } from './notificationsApi.ts';
import type { UnsubscribeLinks } from './unsubscribeLinks.ts';
import { showUnsubscribeLink, unsubscribe } from './unsubscribeRoutes.ts';

export type Deps = ServiceParts & ApiDeps & { readonly live: LiveInbox; readonly links: UnsubscribeLinks };

export const createApp = ({ notifications, preferences, directory, live, links, seal, clock, ...parts }: Deps): Express => {
  const readers = { preferences, directory };
  const { stream, unsubscribeLink, unsubscribe: oneClick } = notificationsApi;
  return createServiceApp({
    contract: answeredApi,
    handlers: notificationsHandlers({ notifications, seal, clock, ...readers }),
    mount: (app, guard) => {
      app.get(stream.path, guard(stream.metadata), streamRoute({ live, logger: parts.logger, ...readers }));
      app.get(unsubscribeLink.path, guard(unsubscribeLink.metadata), showUnsubscribeLink({ links, clock, ...readers }));
      app.post(oneClick.path, guard(oneClick.metadata), unsubscribe({ links, clock, ...readers }));
    },
    ...parts,
  });
};
