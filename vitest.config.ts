import { defineConfig } from 'vitest/config';

/**
 * Three suites: `unit` (pure, no servers), `int` (real apps on one shared MongoDB and NATS), `journeys` (real processes).
 * `npx vitest run --project unit` runs one; a path as argument narrows it.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,services,infra}/*/src/**/*.spec.ts'],
          exclude: ['**/*.int.spec.ts', '**/*.journey.spec.ts'],
        },
      },
      {
        test: {
          name: 'int',
          include: ['{packages,services,infra}/*/src/**/*.int.spec.ts'],
          globalSetup: ['packages/testing/src/globalSetup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['packages/journeys/src/**/*.journey.spec.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
