import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CannotStart } from './cannotStart.ts';
import { readRun } from './dataDirectory.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'umuhuza-run-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('the run noted in a data directory', () => {
  it('is none where nothing was noted, or the note was cut off', async () => {
    expect(await readRun(folder)).toBeUndefined();
    await writeFile(join(folder, 'running.json'), '{"pid":');
    expect(await readRun(folder)).toBeUndefined();
  });

  it('that cannot be read is not taken for none', async () => {
    await mkdir(join(folder, 'running.json'));
    await expect(readRun(folder)).rejects.toThrow(CannotStart);
  });
});
