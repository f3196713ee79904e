import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { RunningSystem } from '@umuhuza/local/system';
import { expect, it } from 'vitest';
import type { Company } from '../door.ts';

export const itImportsByCommand = (
  story: () => { readonly system: RunningSystem; readonly dataDir: string; readonly buyer: Company },
): void =>
  it('a file of notices is imported by the command, which tells what became of each and ends as it went', async () => {
    const { system, dataDir, buyer } = story();
    const notices = join(dataDir, 'notices.json');
    const release = (n: number, tender: unknown) => ({
      ocid: `ocds-demo01-${n}`,
      id: `${n}`,
      date: '2026-11-01T08:00:00Z',
      tender,
    });
    const releases = [
      release(1, { title: 'One' }),
      release(2, { title: 'Two', procuringEntity: { name: 'x' } }),
      release(3, null),
    ];
    await writeFile(notices, JSON.stringify({ publisher: { name: 'x' }, releases }));
    const importing = async (args: string[], password = 'a long enough passphrase') => {
      const child = spawn(process.execPath, ['packages/journeys/src/importNotices/main.ts', ...args, '--door', system.url], {
        cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
        env: { ...process.env, PASSWORD: password },
      });
      const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
      return { code, out, error };
    };
    const mine = [notices, '--email', buyer.email];
    const first = await importing(mine);
    expect(first).toMatchObject({ code: 0, error: expect.stringContaining('100% | 3 releases | 2 drafts | 1 not') });
    expect(first.out).toContain('3 releases: 2 became drafts, 0 were there already, 1 were refused, 0 could not be read.');
    expect(first.out).toMatch(/1 × publisher[\s\S]*1 × tender\/procuringEntity[\s\S]*Most memory at once: \d+ MB/);
    const report = (await readFile(`${notices}.import.ndjson`, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(report).toMatchObject([
      { outcome: 'beside', unmapped: ['publisher'] },
      { place: 1, outcome: 'created' },
      { place: 2, outcome: 'created', unmapped: ['tender/procuringEntity'] },
      { place: 3, outcome: 'refused' },
    ]);
    const again = await importing(mine);
    expect(again.out).toMatch(/0 became drafts, 2 were there already[\s\S]*notices\.json\.import-2\.ndjson/);
    expect(await importing([...mine, '--report', notices], 'a wrong passphrase')).toMatchObject({
      code: 1,
      out: '',
      error: expect.not.stringContaining('    at '),
    });
    expect(await importing([join(dataDir, 'none.json'), '--email', buyer.email])).toMatchObject({
      code: 1,
      error: expect.stringContaining('none.json cannot be read'),
    });
    expect(await importing([])).toMatchObject({
      code: 0,
      out: expect.stringContaining('npm run import-notices -- notices.json'),
    });
  });
