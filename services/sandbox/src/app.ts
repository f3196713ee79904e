import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { createServiceApp, type ServiceParts } from '@umuhuza/service/serviceApp';
import type { Express } from 'express';
import type { Deps } from './api/deps.ts';
import { sandboxHandlers } from './sandboxApi.ts';

export const createApp = (deps: Deps & ServiceParts): Express => {
  const { verifyToken, missing, metrics, logger, validateResponses } = deps;
  return createServiceApp({
    contract: sandboxApi,
    handlers: sandboxHandlers(deps),
    ...{ verifyToken, missing, metrics, logger },
    ...(validateResponses === undefined ? {} : { validateResponses }),
  });
};
