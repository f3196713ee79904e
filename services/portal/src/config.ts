import { serviceConfig } from '@umuhuza/service/config';
import { z } from 'zod';
import { serviceNames } from './door/services.ts';

const requests = (usual: number) => z.coerce.number().int().min(0).max(10_000_000).default(usual);

const addresses = Object.fromEntries(
  serviceNames.map((name) => [`${name.toUpperCase()}_URL`, z.url({ protocol: /^https?$/ })]),
) as { readonly [Name in (typeof serviceNames)[number] as `${Uppercase<Name>}_URL`]: z.ZodURL };

/** A number of proxies in front of the door, or their addresses; "true" would let anybody name an address of their own. */
const trustProxy = z
  .string()
  .regex(/^(\d{1,2}|[\da-fA-F.:/]+|loopback|linklocal|uniquelocal)(\s*,\s*([\da-fA-F.:/]+|loopback|linklocal|uniquelocal))*$/, {
    error: 'expected the number of proxies in front (1), or their addresses (loopback, 10.0.0.0/8)',
  })
  .transform((text) => (/^\d{1,2}$/.test(text) ? Number(text) : text.split(/\s*,\s*/)));

/** The door's environment. The budgets count requests a window; 0 takes a budget away. */
export const portalConfig = serviceConfig.pick({ HOST: true, PORT: true, PUBLIC_URL: true, LOG_LEVEL: true }).extend({
  ...addresses,
  TRUST_PROXY: trustProxy.optional(),
  RATE_LIMIT_READ: requests(600),
  RATE_LIMIT_WRITE: requests(600),
  RATE_LIMIT_SIGN_IN: requests(60),
  RATE_LIMIT_ADDRESS: requests(3_000),
  RATE_LIMIT_WINDOW_SECONDS: z.coerce.number().int().min(1).max(3_600).default(60),
  /** `off` takes back from browsers what they kept of the page (decision 106). */
  SERVICE_WORKER: z.enum(['on', 'off']).default('on'),
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
});
export type PortalConfig = z.infer<typeof portalConfig>;
