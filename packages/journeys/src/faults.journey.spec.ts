import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellOutcome } from './faults/report.ts';
import { type Outcome, runFaults } from './faults/run.ts';

/** Each run takes another seed; a failure prints it, and `npm run faults -- --seed` takes it again. */
const seed = randomBytes(4).toString('hex');

let dataDir: string;
let outcome: Outcome;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-faults-'));
  outcome = await runFaults({
    seed,
    commands: 200,
    rate: 300,
    kills: 5,
    seconds: 15,
    dataDir,
    replay: true,
    rolling: 0,
    onProgress: () => undefined,
  });
  process.stdout.write(tellOutcome(outcome));
}, 180_000);
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('while any process may be killed at any moment', () => {
  it('every company is told the truth: what was acknowledged stands once, what was refused does not stand', () => {
    expect(outcome.kills).toBe(5);
    expect(outcome.acknowledged).toBeGreaterThan(50);
    expect(outcome.violations, `seed ${seed}`).toEqual([]);
  });
  it('messages that are none are put aside, and keep nothing from getting through', () => {
    expect(outcome.poisons).toBeGreaterThan(0);
    expect(outcome.deadLetters).toBeGreaterThan(0);
  });
  it('hearing everything again from the start changes nothing and tells nobody twice', () => {
    expect(outcome.replayedConsumers).toBeGreaterThan(0);
    expect(outcome.replayDifferences, `seed ${seed}`).toEqual([]);
  });
});
