import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startEmbeddedMongo } from '@umuhuza/embedded-mongo/server';
import { ensureNatsServer } from '@umuhuza/local/natsServer';
import { accountsConfig } from './natsAccounts.ts';

export type Backend = { readonly url: string; readonly stop: () => Promise<void> };

export const embeddedMongo = async (folder: string): Promise<Backend> => {
  const server = await startEmbeddedMongo({ file: join(folder, 'mongo.sqlite') });
  return { url: server.url, stop: () => server.close() };
};

/** A nats-server on a free port that lives for this run; installed first where the machine has none. */
export const localNats = async (folder: string): Promise<Backend> => {
  const { path } = await ensureNatsServer({ onProgress: ({ text }) => process.stderr.write(`${text}\n`) });
  const config = join(folder, 'nats.conf');
  await writeFile(config, accountsConfig({ host: '127.0.0.1', port: -1, storeDir: join(folder, 'jetstream') }));
  const server = spawn(path, ['--config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await new Promise<string>((resolve, reject) => {
    const said: string[] = [];
    let listening = '';
    server.once('exit', () => reject(new Error(`nats-server did not start:\n${said.join('\n')}`)));
    createInterface({ input: server.stderr }).on('line', (line) => {
      said.push(line);
      listening ||= /Listening for client connections on 127\.0\.0\.1:(\d+)/.exec(line)?.[1] ?? '';
      if (line.includes('Server is ready')) resolve(listening);
    });
  });
  return {
    url: `nats://127.0.0.1:${port}`,
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
};
