import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { whatLogsSay } from './whatLogsSay.ts';

it('counts what services and their replicas warned of since an instant, and minds no half line', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-logs-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  await mkdir(join(dataDir, 'logs'));
  await mkdir(join(dataDir, 'replicas/logs'), { recursive: true });
  const away = { level: 40, msg: 'the database is away', err: { type: 'MongoNetworkError', message: 'closed\nat once' } };
  const line = (entry: object) => `${JSON.stringify(entry)}\n`;
  await writeFile(
    join(dataDir, 'logs/tenders.log'),
    line({ ...away, time: '2026-11-26T04:00:00.000Z' }) +
      line({ ...away, time: '2026-11-26T05:00:00.000Z' }).repeat(3) +
      line({ level: 30, msg: 'ready', time: '2026-11-26T05:00:00.000Z' }) +
      '{"level":50,"time":"2026-11-',
  );
  await writeFile(join(dataDir, 'replicas/logs/tenders.log'), line({ level: 50, msg: 'full', time: '2026-11-26T05:00:00.000Z' }));
  expect(await whatLogsSay(dataDir, '2026-11-26T04:30:00.000Z')).toEqual([
    '  3 times tenders: the database is away (MongoNetworkError: closed)',
    '  1 times replicas/tenders: full',
  ]);
});
