import { describe, expect, it } from 'vitest';
import { parseServerVersion, serverConfig } from './serverConfig.ts';
import { streamOf } from './streams.ts';

const debian12 = [2, 9, 10] as const;
const config = (change: Partial<Parameters<typeof serverConfig>[0]> = {}) =>
  serverConfig({
    version: debian12,
    storeDir: '/data/nats',
    port: 4222,
    users: { tenders: 'a', profiles: 'b', operator: 'c' },
    ...change,
  });

describe('the configuration of nats-server', () => {
  it('listens on this machine only unless told otherwise', () => {
    expect(config()).toContain('listen: "127.0.0.1:4222"');
    expect(config({ host: '0.0.0.0' })).toContain('listen: "0.0.0.0:4222"');
  });

  it('lets the server choose a free port for 0', () => {
    expect(config({ port: 0 })).toContain('listen: "127.0.0.1:-1"');
  });

  it('asks for a sync after each write where the server knows how, and keeps quiet where it would refuse to start', () => {
    expect(config()).not.toContain('sync_interval');
    expect(config({ version: [2, 10, 0] })).toContain('sync_interval: always');
    expect(config({ version: [2, 14, 5] })).toContain('sync_interval: always');
    expect(config({ version: [3, 0, 0] })).toContain('sync_interval: always');
  });

  it('leaves room for every stream to grow to its limit and to be declared again, so that none is refused on a small disk', () => {
    const room = Number(/max_file_store: (\d+)/.exec(config())?.[1]);
    const [tenders, profiles] = [streamOf('tenders').max_bytes, streamOf('profiles').max_bytes];
    expect(room).toBeGreaterThanOrEqual(tenders + profiles + Math.max(tenders, profiles));
  });

  it('leaves a client on a busy machine a minute to say who it is', () => {
    expect(config()).toMatch(/^authorization \{\n {2}timeout: 60$/m);
  });

  it('gives each service its own user and only the operator everything', () => {
    const text = config();
    expect(text.match(/user: /g)).toHaveLength(3);
    expect(text.match(/publish \{ allow: \[">"\] \}/g)).toHaveLength(1);
    expect(text).toContain('user: "tenders", password: "a"');
  });

  it('keeps a password with quotes, dollars and backslashes as it is', () => {
    expect(config({ users: { tenders: 'a"b$c\\d' } })).toContain(`password: ${JSON.stringify('a"b$c\\d')}`);
  });
});

describe('the version a server tells', () => {
  it('is read from its own line', () => {
    expect(parseServerVersion('nats-server: v2.9.10')).toEqual([2, 9, 10]);
    expect(parseServerVersion('nats-server: v2.14.5-RC.1')).toEqual([2, 14, 5]);
  });
  it('is unknown when there is none', () => {
    expect(parseServerVersion('no such thing')).toBeUndefined();
  });
});
