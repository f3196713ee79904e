import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tookTooLong } from './http.ts';
import { tellOutcome } from './report.ts';
import { runFaults } from './run.ts';
import { failingsOf } from './verdict.ts';

/** Another one each time; the name of the spec tells it. */
const seed = process.env.FAULTS_SEED ?? randomBytes(4).toString('hex');
/** A bound against hanging: on a machine that does nothing else it takes two minutes. */
const hanging = 1_800_000;

it(`nothing is lost and nothing doubled while every part is killed under load, nor when everything is heard again, and restarts lose no request (seed ${seed})`, {
  timeout: hanging,
}, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-faults-'));
  try {
    const outcome = await runFaults({
      ...{ seed, dataDir, commands: 400, rate: 60, kills: 10, troubles: 8, seconds: 300, replay: true, rolling: 60 },
      onProgress: () => undefined,
    });
    // How soon it comes to rest, and how slow an answer may be while services are restarted, is measured by `npm run faults` on a machine that
    // does nothing else, and how many requests a second a machine sends meanwhile is its own affair. That none is refused, cut or lost holds
    // everywhere.
    const { rolled } = outcome;
    const { [tookTooLong]: _, ...firstTries } = rolled?.firstTries ?? {};
    const rollingAsked = outcome.rollingAsked / 10;
    const shown = { ...outcome, quietAfter: 0, rollingAsked, ...(rolled && { rolled: { ...rolled, firstTries } }) };
    expect(failingsOf(shown), tellOutcome(outcome)).toEqual([]);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
