import { tendersApi } from '@umuhuza/contracts/tenders/api';
import { createServiceApp, type ServiceParts } from '@umuhuza/service/serviceApp';
import type { Express } from 'express';
import type { TendersDeps } from './api/deps.ts';
import { tendersHandlers } from './tendersApi.ts';

export type Deps = ServiceParts & TendersDeps;

export const createApp = (deps: Deps): Express =>
  createServiceApp({
    contract: tendersApi,
    handlers: tendersHandlers(deps),
    ...deps,
  });
