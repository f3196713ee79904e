import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('demo/main.ts', import.meta.url));
/** Real public notices, where they are at hand; a stranger's clone plays the demonstration notices. */
const realNotices = fileURLToPath(new URL('../../../../shared/ocds/real-it-releases.json', import.meta.url));

let system: RunningSystem;
let dataDir: string;

const runDemo = (...args: string[]) =>
  promisify(execFile)(process.execPath, [main, ...args, '--door', system.url, '--closes-in', '20'], {
    env: { ...process.env, DATA_DIR: dataDir },
  });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-demo-'));
  system = await startSystem({ dataDir });
});
afterAll(async () => {
  await system?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('the demonstration', () => {
  const notices = existsSync(realNotices) ? [realNotices] : [];

  it('plays the main job to its end, on real notices where they are at hand', async () => {
    const { stdout } = await runDemo(...notices);
    expect(stdout).toContain('Done.');
    expect(stdout).toMatch(/\d+ created, 0 already there/);
    expect(stdout).toMatch(/with \d+(\.\d+)? of 100 points \(3 bids\)/);
    expect(stdout).not.toContain('bids are visible!');
    expect(stdout).toContain('(confirmed)');
  });

  it('does no harm when run again: nothing is made twice', async () => {
    const { stdout } = await runDemo(...notices);
    expect(stdout).toContain('Done.');
    expect(stdout).toMatch(/0 created, \d+ already there/);
    expect(stdout).toContain('had ended in an earlier run');
  });
});
