import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import { createServiceApp, type ServiceParts } from '@umuhuza/service/serviceApp';
import type { Express } from 'express';
import type { Deps } from './api/deps.ts';
import { sandboxHandlers } from './sandboxApi.ts';

export const createApp = ({
  environments,
  termsTexts,
  hours,
  slots,
  feeds,
  members,
  organisations,
  publicUrl,
  clock,
  ...parts
}: Deps & ServiceParts): Express =>
  createServiceApp({
    contract: sandboxApi,
    handlers: sandboxHandlers({ environments, termsTexts, hours, slots, feeds, members, organisations, publicUrl, clock }),
    ...parts,
  });
