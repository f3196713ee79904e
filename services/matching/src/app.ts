import { matchingApi } from '@umuhuza/contracts/matching/api';
import { createServiceApp, type ServiceParts } from '@umuhuza/service/serviceApp';
import type { Express } from 'express';
import { type ApiDeps, matchingHandlers } from './matchingApi.ts';

export const createApp = ({
  market,
  matches,
  invitations,
  interests,
  cooperations,
  organisations,
  clock,
  ...parts
}: ApiDeps & ServiceParts): Express =>
  createServiceApp({
    contract: matchingApi,
    handlers: matchingHandlers({ market, matches, invitations, interests, cooperations, organisations, clock }),
    ...parts,
  });
