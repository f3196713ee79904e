import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { startSystem } from '@umuhuza/local/system';
import { enter } from '../door.ts';
import { print } from './figures.ts';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
const [few, many] = [1_000, 10_000];
const account = { email: 'bench@example.org', password: 'a long enough passphrase' };

/** The memory that `npm run import-notices` takes for a file of 1,000 releases and for one of 10,000, on a system of its own. */
export const noticesBench = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'umuhuza-bench-'));
  const system = await startSystem({ dataDir: join(folder, 'data'), services: ['identity', 'tenders', 'portal'] });
  try {
    await enter(system.url, { ...account, person: 'Bench', name: 'Demonstration Bench GmbH', slug: 'bench', country: 'DE' });
    const runs = [];
    for (const count of [few, many]) runs.push(await importing(system.url, await fileOf(folder, count), count));
    const [small, large] = runs as [Run, Run];
    print('notices', [
      ...runs.map(({ count, megabytes }) => ({ name: `most memory for ${count} releases`, value: megabytes, unit: 'MB' })),
      { name: `most memory: ${many} / ${few}`, value: large.megabytes / small.megabytes, unit: 'ratio', aim: '<=1.25' },
      ...runs.map(({ count, seconds }) => ({ name: `releases a second of ${count}`, value: count / seconds, unit: '/s' })),
    ]);
  } finally {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

/** A package with so many releases of some four kilobytes, in one line, as real ones come. */
const fileOf = async (folder: string, count: number): Promise<string> => {
  const path = join(folder, `${count}.json`);
  const file = createWriteStream(path);
  file.write('{"uri":"https://example.org/package","version":"1.1","publisher":{"name":"Demonstration"},"releases":[');
  for (let n = 0; n < count; n++) {
    const release = {
      ocid: `ocds-demo-${count}-${n}`,
      id: `${n}`,
      date: '2026-11-01T08:00:00Z',
      tag: ['tender'],
      tender: {
        title: `Notice ${n}`,
        description: `Carriers see their loads, ${n}. `.repeat(110),
        items: [{ id: '1', quantity: n }],
      },
    };
    if (!file.write(`${n === 0 ? '' : ','}${JSON.stringify(release)}`)) await once(file, 'drain');
  }
  file.end(']}');
  await finished(file);
  return path;
};

type Run = { readonly count: number; readonly megabytes: number; readonly seconds: number };

const importing = async (door: string, file: string, count: number): Promise<Run> => {
  const begun = performance.now();
  const command = ['--max-semi-space-size=2', 'packages/journeys/src/importNotices/main.ts', file];
  const child = spawn(process.execPath, [...command, '--email', account.email, '--door', door], {
    cwd: repository,
    env: { ...process.env, PASSWORD: account.password },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const [, created] = /: (\d+) became drafts/.exec(said) ?? [];
  const [, megabytes] = /Most memory at once: (\d+) MB/.exec(said) ?? [];
  if (code !== 0 || Number(created) !== count) throw new Error(`the import ended with exit code ${code}:\n${said}`);
  return { count, megabytes: Number(megabytes), seconds: (performance.now() - begun) / 1_000 };
};
