import { defineConfig } from 'vitest/config';

/** A bound against hanging, not a measurement: a loaded machine may be many times slower than a quiet one. */
const patience = 120_000;

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
          testTimeout: patience,
        },
      },
      {
        test: {
          name: 'int',
          include: ['{packages,services,infra}/*/src/**/*.int.spec.ts'],
          globalSetup: ['packages/testing/src/globalSetup.ts'],
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['packages/journeys/src/**/*.journey.spec.ts'],
          testTimeout: patience,
          hookTimeout: patience,
          fileParallelism: false,
        },
      },
    ],
  },
});
