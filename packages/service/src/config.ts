import { z } from 'zod';
import { StartFailure } from './startFailure.ts';

/** What every service reads from its environment. */
export const serviceConfig = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535),
  MONGODB_URL: z.string().regex(/^mongodb(\+srv)?:\/\//, 'expected an address like mongodb://127.0.0.1:27017'),
  NATS_URL: z.string().min(1),
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  TOKEN_ISSUER: z.url().optional(),
  TOKEN_AUDIENCE: z.string().default('umuhuza'),
  JWKS_URL: z.url(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});
export type ServiceConfig = z.infer<typeof serviceConfig>;

/** Reads the environment once; the failure names each variable and what is wrong with it. */
export const readConfig = <Schema extends z.ZodType>(schema: Schema, environment: NodeJS.ProcessEnv): z.output<Schema> => {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new StartFailure(`The configuration is not usable. ${wrong.join('; ')}`);
};
