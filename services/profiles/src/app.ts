import { profilesApi } from '@umuhuza/contracts/profiles/api';
import type { Clock } from '@umuhuza/service/clock';
import { createServiceApp, type ServiceParts } from '@umuhuza/service/serviceApp';
import type { Express } from 'express';
import type { ProfileBook } from './profileBook.ts';
import { profilesHandlers } from './profilesApi.ts';

export type Deps = ServiceParts & { readonly profiles: ProfileBook; readonly clock: Clock };

export const createApp = ({ profiles, clock, ...parts }: Deps): Express =>
  createServiceApp({ contract: profilesApi, handlers: profilesHandlers({ profiles, clock }), ...parts });
