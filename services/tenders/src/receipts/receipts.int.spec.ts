import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BidReceipt, type JwkSet, jwk } from '@umuhuza/contracts/tenders/schemas';
import { clientOf } from '@umuhuza/testing/client';
import { ringOf } from '@umuhuza/testing/keyRing';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bid, refused, startTenders } from '../tenders.fixture.ts';
import { openMongoReceiptSigner } from './mongoReceiptSigner.ts';
import { receiptType } from './receiptSigner.ts';
import { verifyReceipt } from './verifyReceipt.ts';

const tenders = await startTenders();
const { url, connection, alpha, beta, publishedTender, untilOpened, deps } = tenders;
let folder: string;
let keys: JwkSet;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'umuhuza-receipts-'));
  // Anybody may fetch the keys, without a token.
  const published = await clientOf(url)('GET', '/api/tenders/jwks');
  expect(published.status).toBe(200);
  keys = published.body as JwkSet;
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await tenders.stop();
});

const mine = (id: string) => `/api/tenders/${id}/bids/mine`;
const statementIn = async (receipt: unknown, content?: unknown) =>
  verifyReceipt(JSON.stringify(receipt), keys, content === undefined ? undefined : JSON.stringify(content));

describe('a receipt', () => {
  it('is given for submitting, changing and withdrawing, and says which content was taken, when and as which version', async () => {
    const id = await publishedTender();
    const first = await alpha('PUT', mine(id), { body: bid(5) });
    const { bidId, digest, submittedAt } = first.body as BidReceipt;
    const said = { iss: 'https://umuhuza.example', tenderId: id, bidId, bidder: 'org-alpha' };
    expect(await statementIn(first.body, bid(5))).toEqual({
      genuine: true,
      statement: { ...said, event: 'submitted', version: 1, digest, at: submittedAt },
      content: 'same',
    });
    const second = await alpha('PUT', mine(id), { body: bid(6) });
    expect(await statementIn(second.body, bid(6))).toMatchObject({
      content: 'same',
      statement: { event: 'changed', version: 2 },
    });
    expect((await alpha('GET', `${mine(id)}/receipt`)).body).toEqual(second.body);
    expect(await beta('GET', `${mine(id)}/receipt`)).toMatchObject(refused(404, 'no-bid'));

    const key = { 'idempotency-key': 'withdraw-1' };
    const gone = await alpha('DELETE', mine(id), { headers: key });
    expect(await statementIn(gone.body, bid(6))).toMatchObject({
      content: 'same',
      statement: { ...said, event: 'withdrawn', version: 2, at: (gone.body as { withdrawnAt: string }).withdrawnAt },
    });
    expect((await alpha('DELETE', mine(id), { headers: key })).body).toEqual(gone.body);
    expect(await alpha('GET', `${mine(id)}/receipt`)).toMatchObject(refused(404, 'no-bid'));
    expect(await alpha('DELETE', mine(id))).toMatchObject(refused(404, 'no-bid'));
  });

  it('is the same when the same request comes again, also after the bid was changed or withdrawn', async () => {
    const id = await publishedTender();
    const key = { 'idempotency-key': 'submit-1' };
    const first = await alpha('PUT', mine(id), { body: bid(5), headers: key });
    await alpha('PUT', mine(id), { body: bid(6) });
    expect((await alpha('PUT', mine(id), { body: bid(5), headers: key })).body).toEqual(first.body);
    await alpha('DELETE', mine(id));
    expect((await alpha('PUT', mine(id), { body: bid(5), headers: key })).body).toEqual(first.body);
    expect(await alpha('GET', mine(id))).toMatchObject(refused(404, 'no-bid'));
  });

  it('never says of one bid what another request said: where the first answer is no longer remembered, it is of the present bid', async () => {
    const id = await publishedTender();
    const key = { 'idempotency-key': 'submit-2' };
    await alpha('PUT', mine(id), { body: bid(5), headers: key });
    const present = await alpha('PUT', mine(id), { body: bid(6) });
    await connection.collection<{ _id: string }>('tenders').updateOne({ _id: id }, { $unset: { 'commands.$[].answer': '' } });
    const again = await alpha('PUT', mine(id), { body: bid(5), headers: key });
    expect(again.body).toEqual(present.body);
    expect(await statementIn(again.body, bid(5))).toMatchObject({ content: 'other' });
    await alpha('DELETE', mine(id));
    expect(await alpha('PUT', mine(id), { body: bid(5), headers: key })).toMatchObject(refused(404, 'no-bid'));
  });

  it('is there once more after the opening', async () => {
    const id = await publishedTender();
    const first = await alpha('PUT', mine(id), { body: bid(5) });
    await untilOpened(id);
    expect((await alpha('GET', `${mine(id)}/receipt`)).body).toEqual(first.body);
  });
});

describe('checking a receipt', () => {
  it('finds every change of it', async () => {
    const id = await publishedTender();
    const { body } = await alpha('PUT', mine(id), { body: bid(5) });
    const { statement } = body as BidReceipt;
    const [header = '', payload = '', signature = ''] = statement.split('.');
    const changed = (change: (said: Record<string, unknown>) => object) =>
      Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(payload, 'base64url').toString())))).toString('base64url');
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const forged of [
      `${header}.${changed((said) => ({ ...said, version: 2 }))}.${signature}`,
      `${header}.${changed((said) => ({ ...said, bidder: 'org-beta' }))}.${signature}`,
      `${header}.${payload}.${(signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)}`,
      `${encoded({ alg: 'none' })}.${payload}.`,
      `${encoded({ alg: 'HS256', kid: keys.keys[0]?.kid })}.${payload}.${signature}`,
    ])
      expect((await verifyReceipt(forged, keys)).genuine, forged).toBe(false);
    expect((await verifyReceipt(statement, keys)).genuine).toBe(true);
    expect((await verifyReceipt('no receipt', keys)).genuine).toBe(false);
    expect((await verifyReceipt('{"statement":5}', keys)).genuine).toBe(false);
  });

  it('finds a receipt that somebody else signed, and what the platform signed but is none', async () => {
    const { publicKey, privateKey } = await generateKeyPair('Ed25519', { extractable: true });
    const said = {
      iss: 'x',
      event: 'submitted',
      tenderId: 't',
      bidId: 'b',
      bidder: 'o',
      version: 1,
      digest: 'd',
      at: deps.clock(),
    };
    const signed = (typ: string, payload: object) =>
      new CompactSign(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'EdDSA', typ, kid: keys.keys[0]?.kid ?? '' })
        .sign(privateKey);
    expect(await verifyReceipt(await signed(receiptType, said), keys)).toMatchObject({ genuine: false });
    const { kid } = keys.keys[0] ?? { kid: '' };
    const theirs = { keys: [jwk.parse({ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' })] };
    expect(await verifyReceipt(await signed(receiptType, said), theirs)).toMatchObject({ genuine: true });
    expect(await verifyReceipt(await signed('JWT', said), theirs)).toMatchObject({ genuine: false });
    expect(await verifyReceipt(await signed(receiptType, { ...said, event: 'lost' }), theirs)).toMatchObject({ genuine: false });
  });

  it('tells whether a content is the one that was taken, as it was sent or as the platform shows it', async () => {
    const id = await publishedTender();
    const sent = { prices: bid(5).prices, summary: '  Our plan.\r\n' };
    const { body } = await alpha('PUT', mine(id), { body: sent });
    expect(await statementIn(body, sent)).toMatchObject({ content: 'same' });
    expect(await statementIn(body, (await alpha('GET', mine(id))).body)).toMatchObject({ content: 'same' });
    expect(await statementIn(body, { ...sent, summary: 'Our plans.' })).toMatchObject({ genuine: true, content: 'other' });
    expect(await statementIn(body, { ...sent, prices: bid(4).prices })).toMatchObject({ content: 'other' });
    expect(await statementIn(body, 'nothing of the kind')).toMatchObject({ content: 'other' });
  });
});

describe('the keys of receipts', () => {
  const ring = ringOf('test');

  it('outlive a start, also one with a newer key-encryption key', async () => {
    const kidOf = async (...ids: string[]) => {
      const signer = await openMongoReceiptSigner(connection, ringOf(...ids), deps.clock);
      return (await signer.publicKeys()).keys[0]?.kid;
    };
    const { kid } = keys.keys[0] ?? {};
    expect(await kidOf('test')).toBe(kid);
    expect(await kidOf('next', 'test')).toBe(kid);
    expect(await kidOf('next')).toBe(kid);
    await expect(openMongoReceiptSigner(connection, ring, deps.clock)).rejects.toThrow(/SEALING_KEYS lacks next/);
    expect(await kidOf('test', 'next')).toBe(kid);
  });

  it('are renewed after a year; what the former ones signed stays genuine', async () => {
    const id = await publishedTender();
    const { body } = await alpha('PUT', mine(id), { body: bid(5) });
    const inAYear = () => tenders.inDays(366);
    const signer = await openMongoReceiptSigner(connection, ring, inAYear);
    const published = await signer.publicKeys();
    expect(published.keys).toHaveLength(2);
    expect(published.keys[1]).toEqual(keys.keys[0]);
    expect(JSON.stringify(published)).not.toContain('"d"');
    const verdict = await verifyReceipt(JSON.stringify(body), published);
    expect(verdict).toMatchObject({ genuine: true });
    if (!verdict.genuine) return;
    expect((await verifyReceipt(await signer.sign(verdict.statement), published)).genuine).toBe(true);
    expect((await verifyReceipt(await signer.sign(verdict.statement), keys)).genuine).toBe(false);
  });
});

describe('npm run verify-receipt', () => {
  const root = join(import.meta.dirname, '../../../..');
  const run = (...args: string[]) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      execFile(process.execPath, ['services/tenders/src/receipts/main.ts', ...args], { cwd: root }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: out + err }),
      );
    });
  const file = async (name: string, content: unknown) => {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it('says in a few lines what is genuine, and by its exit code', async () => {
    const id = await publishedTender();
    const { body } = await alpha('PUT', mine(id), { body: bid(5) });
    const [receipt, content, other, jwks] = await Promise.all([
      file('receipt.json', body),
      file('bid.json', bid(5)),
      file('other.json', bid(6)),
      file('jwks.json', keys),
    ]);
    const sound = await run(receipt, '--content', content, '--jwks', jwks);
    expect(sound).toMatchObject({
      code: 0,
      said: expect.stringMatching(/genuine: the bid was submitted[\s\S]*is the one that was taken/),
    });
    expect(sound.said).toContain(id);
    expect(await run(receipt, '--jwks', `${url}/api/tenders/jwks`)).toMatchObject({ code: 0 });
    expect(await run(receipt, '--content', other, '--jwks', jwks)).toMatchObject({
      code: 1,
      said: expect.stringContaining('The content is NOT the one'),
    });
    const forged = await file('forged', (body as BidReceipt).statement.replace(/.\./, 'x.'));
    expect(await run(forged, '--jwks', jwks)).toMatchObject({ code: 1, said: expect.stringContaining('NOT genuine') });
    for (const args of [[], ['/nowhere'], [receipt, '--jwks', receipt], [receipt, '--jwks', '/nowhere'], [receipt, '--unknown']])
      expect(await run(...args), args.join(' ')).toMatchObject({ code: 2 });
    expect((await run('--help')).said).toContain('npm run verify-receipt');
  });
});
