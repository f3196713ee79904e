import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A bound against hanging, not a measurement: a loaded machine may be many times slower than a quiet one. */
const patience = 120_000;

// Every worker and every process that a spec starts compiles the same modules; the first that ends in order leaves them to all others.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '.cache/compile');

/** Longest first, so that no long file is left over at the end: journeys take a minute, most units a blink. */
const order = ['journeys', 'int', 'unit'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification) => order.indexOf(project.name);
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

/**
 * `unit` (pure, no servers), `int` (real apps on one shared MongoDB and NATS), `journeys` (real processes).
 * `npx vitest run --project unit` runs one; a path as argument narrows it. Files run side by side, also on two cores, where vitest would
 * run one at a time: they mostly wait, and each has places and ports of its own. What takes the whole machine runs `alone`, after all others.
 */
export default defineConfig({
  test: {
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{packages,services,infra}/*/src/**/*.spec.ts'],
          exclude: ['**/*.int.spec.ts', '**/*.journey.spec.ts'],
          testTimeout: patience,
          // Pure code keeps nothing that another file could feel; a process for each of two hundred files costs more than what they try.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: ['{packages,services,infra}/*/src/**/*.int.spec.ts'],
          globalSetup: ['packages/testing/src/globalSetup.ts'],
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['packages/journeys/src/**/*.journey.spec.ts'],
          exclude: ['packages/journeys/src/faults/**'],
          testTimeout: patience,
          hookTimeout: patience,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ['packages/journeys/src/faults/*.journey.spec.ts'],
          testTimeout: patience,
          hookTimeout: patience,
          fileParallelism: false,
        },
      },
    ],
  },
});
