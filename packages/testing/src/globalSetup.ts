import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { containerBackends } from './containerBackends.ts';
import { embeddedMongo, localNats } from './localBackends.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly mongoUrl: string;
    readonly natsUrl: string;
  }
}

/**
 * One MongoDB and one NATS for the whole run. `TEST_BACKENDS=containers` takes the official images by testcontainers;
 * `MONGODB_URL` a MongoDB that is there; otherwise the embedded stand-in and a nats-server of our own on free ports.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const folder = await mkdtemp(join(tmpdir(), 'umuhuza-test-'));
  const started = process.env.TEST_BACKENDS === 'containers' ? await containerBackends() : await localBackends(folder);
  project.provide('mongoUrl', started.mongoUrl);
  project.provide('natsUrl', started.natsUrl);
  return async () => {
    await started.stop();
    await rm(folder, { recursive: true, force: true });
  };
};

const localBackends = async (folder: string) => {
  const given = process.env.MONGODB_URL;
  const [mongo, nats] = await Promise.all([
    given ? { url: given, stop: async () => undefined } : embeddedMongo(folder),
    localNats(folder),
  ]);
  return {
    mongoUrl: mongo.url,
    natsUrl: nats.url,
    stop: async () => {
      await Promise.all([mongo.stop(), nats.stop()]);
    },
  };
};
