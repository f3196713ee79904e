import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogFile } from './logFile.ts';

let folder: string;
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'umuhuza-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the log of a part', () => {
  it('begins anew at each start and keeps the one before', async () => {
    writeFileSync(join(folder, 'tenders.log'), 'of yesterday\n');
    const log = openLogFile(join(folder, 'tenders.log'));
    log.write('of today');
    await log.close();
    expect([read('tenders.log'), read('tenders.log.1')]).toEqual(['of today\n', 'of yesterday\n']);
  });

  it('never takes more than two files of its bound, and keeps the newest lines in order', async () => {
    const log = openLogFile(join(folder, 'tenders.log'), 100);
    const lines = Array.from({ length: 50 }, (_, n) => `line ${n}`);
    for (const line of lines) log.write(line);
    await log.close();
    const [now, before] = [read('tenders.log'), read('tenders.log.1')];
    expect(Math.max(now.length, before.length)).toBeLessThanOrEqual(100);
    expect(lines.join('\n')).toContain((before + now).trimEnd());
    expect(now.trimEnd().endsWith('line 49')).toBe(true);
  });
});
