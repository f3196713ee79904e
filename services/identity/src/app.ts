import { identityApi } from '@umuhuza/contracts/identity/api';
import { createServiceApp, type ServiceParts } from '@umuhuza/service/serviceApp';
import type { Express } from 'express';
import { mountAuth } from './auth/authDoor.ts';
import type { Auth } from './auth/betterAuth.ts';
import { type IdentityDeps, identityHandlers } from './identityApi.ts';

export type Deps = ServiceParts & IdentityDeps & { readonly auth: Auth; readonly publicUrl: string };

export const createApp = ({ directory, programmeOffice, auth, publicUrl, ...parts }: Deps): Express =>
  createServiceApp({
    contract: identityApi,
    handlers: identityHandlers({ directory, programmeOffice }),
    mount: (app) => mountAuth(app, { auth, publicUrl, metrics: parts.metrics }),
    ...parts,
  });
