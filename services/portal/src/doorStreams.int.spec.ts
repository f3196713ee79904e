import { request, type ServerResponse } from 'node:http';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createOpenStreams } from './door/openStreams.ts';
import { problemOf, startDoors } from './door.fixture.ts';

const doors = await startDoors();
const { tenders, others, openDoor } = doors;
afterEach(doors.close);
afterAll(doors.stop);

describe('live streams', () => {
  it('come through piece by piece, from the moment they open', async () => {
    const door = await openDoor();
    let stream: ServerResponse | undefined;
    others.answer = (_req, res) => {
      stream = res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      stream.flushHeaders();
    };
    const answer = await fetch(`${door}/api/notifications/stream`);
    expect(answer.status).toBe(200);
    const reader = answer.body?.getReader();
    stream?.write('data: first\n\n');
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: first\n\n');
    stream?.write('data: second\n\n');
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: second\n\n');
    await reader?.cancel();
  });

  it('end at the service when the client leaves', async () => {
    const door = await openDoor();
    let left = false;
    others.answer = (_req, res) => {
      res.once('close', () => {
        left = true;
      });
      res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    };
    const leaving = new AbortController();
    await fetch(`${door}/api/notifications/stream`, { signal: leaving.signal });
    leaving.abort();
    await eventually(() => expect(left).toBe(true));
  });

  it('may be silent for longer than a service may leave a question unanswered', async () => {
    const door = await openDoor({ patience: 500 });
    let stream: ServerResponse | undefined;
    others.answer = (_req, res) => {
      stream = res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      stream.flushHeaders();
      setTimeout(() => res.end('data: late\n\n'), 1_500);
    };
    const answer = await fetch(`${door}/api/notifications/stream`);
    expect(await answer.text()).toBe('data: late\n\n');
  });

  it('end when the door stops, so that it can', async () => {
    const streams = createOpenStreams();
    const door = await openDoor({ streams });
    others.answer = (_req, res) => void res.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    const answer = await fetch(`${door}/api/notifications/stream`);
    streams.stop();
    expect(await answer.text()).toBe('');
    await doors.listening[0]?.stop();
  });
});

describe('bodies', () => {
  it('over the limit are refused by their stated length before the service hears of them', async () => {
    const door = await openDoor({ maxBody: 1_000 });
    const answer = await fetch(`${door}/api/tenders`, { method: 'POST', body: 'x'.repeat(1_001) });
    expect(answer.status).toBe(413);
    expect((await problemOf(answer)).type).toBe('/problems/body-too-large');
    expect(tenders.heard).toEqual([]);
  });

  it('that hide their length are cut off at the limit', async () => {
    const door = await openDoor({ maxBody: 100_000 });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${door}/api/tenders`, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, (res) => {
        res.resume();
        resolve(res.statusCode);
      });
      sending.once('error', reject);
      for (let part = 0; part < 20; part += 1) sending.write('x'.repeat(10_000));
      sending.end();
    });
    expect(status).toBe(413);
  });

  it('of six megabytes fit', async () => {
    const door = await openDoor();
    const answer = await fetch(`${door}/api/tenders/import`, { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024) });
    expect(await answer.json()).toEqual({ got: 6 * 1024 * 1024 });
    expect((await fetch(`${door}/api/tenders/import`, { method: 'POST', body: 'x'.repeat(6 * 1024 * 1024 + 1) })).status).toBe(
      413,
    );
  });
});

describe('files', () => {
  const megabytes = (n: number) => 'x'.repeat(n * 1024 * 1024);
  const send = async (door: string, path: string, body: string) =>
    fetch(`${door}/api/tenders/t1${path}`, { method: 'POST', body, headers: { 'content-type': 'application/pdf' } });

  it('of twenty megabytes fit where a file is expected, and nowhere else', async () => {
    const door = await openDoor();
    for (const path of [
      '/documents?name=a.pdf',
      '/bids/mine/documents?name=a.pdf',
      '/lots/build/contract/milestones/design/documents?name=a.pdf',
    ]) {
      expect(await (await send(door, path, megabytes(20))).json()).toEqual({ got: 20 * 1024 * 1024 });
      expect((await send(door, path, `${megabytes(20)}x`)).status).toBe(413);
    }
    for (const path of ['/questions', '/documents/x', '/bids/mine'])
      expect((await send(door, path, megabytes(7))).status).toBe(413);
  });
});
