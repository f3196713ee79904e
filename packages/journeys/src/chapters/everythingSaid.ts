import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { RunningSystem } from '@umuhuza/local/system';

/** Every event on every stream, as the operator reads them. */
export const everythingSaid = async ({ dataDir, natsUrl }: Pick<RunningSystem, 'dataDir' | 'natsUrl'>): Promise<string> => {
  const kept = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as { nats: Record<string, string> };
  const nats = await connect({ servers: natsUrl, user: 'operator', pass: kept.nats.operator ?? '' });
  const js = jetstream(nats);
  const jsm = await jetstreamManager(nats);
  const said: string[] = [];
  for await (const { config, state } of jsm.streams.list()) {
    if (state.messages === 0) continue;
    const consumer = await js.consumers.get(config.name, { deliver_policy: 'all' });
    for (let left = state.messages; left > 0; left--) {
      const message = await consumer.next({ expires: 5_000 });
      if (message) said.push(message.subject, message.string());
    }
  }
  await nats.drain();
  return said.join('\n');
};
