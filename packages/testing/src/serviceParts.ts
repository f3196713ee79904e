import { createLogger } from '@umuhuza/service/logger';
import { createMetrics } from '@umuhuza/service/metrics';
import type { ServiceParts } from '@umuhuza/service/serviceApp';
import { tokenVerifier } from '@umuhuza/service/tokens';
import type { startIssuer } from './issuer.ts';

/** What an app under test gets: the real verifier against the test issuer, answers held against the contract, logs off (`LOG_LEVEL` turns them on). */
export const servicePartsFor = async (
  service: string,
  issuer: Awaited<ReturnType<typeof startIssuer>>,
): Promise<ServiceParts> => ({
  verifyToken: await tokenVerifier(issuer.options),
  missing: () => [],
  metrics: createMetrics(service),
  logger: createLogger(service, process.env.LOG_LEVEL ?? 'silent'),
  validateResponses: true,
});
