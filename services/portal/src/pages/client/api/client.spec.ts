import { notificationsApi } from '@umuhuza/contracts/notifications/api';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import { describe, expect, it } from 'vitest';
import { ConnectionLost } from './answers.ts';
import { clientOf, type Sent } from './client.ts';

const recorded = (answer: Response) => {
  const sent: [string, Sent][] = [];
  const send = async (path: string, how: Sent) => {
    sent.push([path, how]);
    return answer.clone();
  };
  return { sent, send };
};

describe('asking the platform', () => {
  it('writes what is asked into the address, safely', async () => {
    const { sent, send } = recorded(Response.json({ items: [] }));
    await clientOf(tendersApi, send).list({ query: { limit: 5, mine: 'true', cursor: 'a&b=' } });
    await clientOf(tendersApi, send).get({ params: { id: '../x y' } });
    expect(sent.map(([path]) => path)).toEqual(['/api/tenders?limit=5&mine=true&cursor=a%26b%3D', '/api/tenders/..%2Fx%20y']);
    expect(sent[0]?.[1]).toEqual({ method: 'GET', headers: {} });
  });

  it('sends a body as JSON, with the headers that are there', async () => {
    const { sent, send } = recorded(Response.json({}));
    await clientOf(notificationsApi, send).read({ params: { id: 'n1' }, body: {}, headers: { 'idempotency-key': 'k' } });
    expect(sent).toEqual([
      [
        '/api/notifications/n1/read',
        { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': 'k' }, body: '{}' },
      ],
    ]);
  });

  it('tells a lost connection from a refusal, also amid an answer', async () => {
    const offline = clientOf(tendersApi, async () => {
      throw new TypeError('Failed to fetch');
    });
    await expect(offline.get({ params: { id: 't1' } })).rejects.toBeInstanceOf(ConnectionLost);
    const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError('network error')) });
    const amid = recorded(new Response(broken, { headers: { 'content-type': 'application/json' } }));
    await expect(clientOf(tendersApi, amid.send).get({ params: { id: 't1' } })).rejects.toBeInstanceOf(ConnectionLost);
  });

  it('gives back the status with what was said: data, a problem, or text', async () => {
    const answered = async (answer: Response) => {
      const { status, body } = await clientOf(tendersApi, recorded(answer).send).get({ params: { id: 't1' } });
      return [status, body];
    };
    expect(await answered(Response.json({ id: 't1' }))).toEqual([200, { id: 't1' }]);
    const problem = new Response('{"type":"/problems/x"}', {
      status: 404,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    });
    expect(await answered(problem)).toEqual([404, { type: '/problems/x' }]);
    expect(await answered(new Response('<h1>Bad gateway</h1>', { status: 502 }))).toEqual([502, '<h1>Bad gateway</h1>']);
  });
});
