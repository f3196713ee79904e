import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BookingView, PublicKeys, TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import { type Client, clientOf } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import { compactVerify, createLocalJWKSet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takenAsEvidence } from './evidenceFiles.ts';
import { reportType } from './reportSigner.ts';
import { book, content, onBooking, problemOf, publicUrl, type Sandbox, startSandbox } from './sandbox.fixture.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const secret = 'planted-detail-of-a-finding';
const written = {
  summary: 'Eight paid and were paid.',
  findings: [
    { title: 'Only in English', severity: 'medium' },
    { title: 'The fee comes last', severity: 'high', detail: secret },
  ],
};
const at = ({ bookingId }: { bookingId: string }, more = '') => `/api/sandbox/bookings/${bookingId}/report${more}`;
const reportOf = async (reader: Client, booking: BookingView): Promise<TestReportView> => (await reader('GET', at(booking))).body;
const move = (caller: Client, booking: BookingView, finding: string, act: string, text?: string) =>
  caller('POST', at(booking, `/findings/${finding}`), { body: { act, ...(text === undefined ? {} : { text }) } });
const finish = (caller: Client, booking: BookingView) => caller('POST', at(booking, '/finish'));
const show = (caller: Client, booking: BookingView, bytes: string | Uint8Array, query = 'name=screen.png') =>
  caller('POST', at(booking, `/evidence?${query}`), { raw: bytes, headers: { 'content-type': 'application/octet-stream' } });
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A booking whose test has happened and whose report is handed over. */
const tested = async (name: string, more: object = {}, meanwhile = async () => {}) => {
  const [host, guest] = await Promise.all([sandbox.as(`org-${name}-host`, 'RW'), sandbox.as(`org-${name}-guest`)]);
  const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
  const booking = await book(guest, (await sandbox.openSlot(host, environmentId, 1, 2)).slotId, more);
  await meanwhile();
  sandbox.passHours(3);
  expect((await onBooking(host, booking, 'complete', { report: written })).status).toBe(200);
  return { host, guest, booking };
};

describe('a test report', () => {
  it('shows what was agreed when it was booked, whatever the environment has become since', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-agreed-host', 'RW'), sandbox.as('org-agreed-guest')]);
    const testerPanel = { size: 8, languages: [{ language: 'rw', level: 'native' }], profile: 'Market traders' };
    const termsOfUse = 'Devices stay in the room.';
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic', testerPanel, termsOfUse });
    const { slotId } = await sandbox.openSlot(host, environmentId, 1, 2);
    const changed = { ...content, confirmation: 'automatic', dataRules: { data: 'no-personal-data', law: 'GDPR' } };
    expect((await host('PUT', `/api/sandbox/environments/${environmentId}`, { body: changed })).status).toBe(200);
    const booking = await book(guest, slotId, { acceptedTerms: sha256(termsOfUse) });
    const agreed = { data: 'test-data', law: 'Law No 058/2021 (Rwanda)', panel: testerPanel };
    expect(booking.agreed).toEqual(agreed);
    sandbox.passHours(3);
    expect((await onBooking(host, booking, 'complete', { report: written })).status).toBe(200);
    expect((await reportOf(guest, booking)).agreed).toEqual({ ...agreed, terms: { version: 1, hash: sha256(termsOfUse) } });
  });

  it('is answered finding by finding, shows evidence and feedback, and is signed when nothing is open', async () => {
    // Identity's word of the guest comes when it has booked: it is named all the same.
    const registered = {
      organisationId: 'org-whole-guest',
      name: 'Demonstration Guest GmbH',
      slug: 'whole',
      country: 'DE' as const,
    };
    const { host, guest, booking } = await tested('whole', { mayBeNamed: true }, async () => {
      await sandbox.backends.say('identity.OrganisationRegistered', registered.organisationId, registered);
      await eventually(async () =>
        expect((await sandbox.documentsOf('organisations')).map(({ _id }) => String(_id))).toContain(registered.organisationId),
      );
    });
    expect(booking.guest).toEqual({ organisationId: registered.organisationId, name: null });
    expect(await reportOf(guest, booking)).toMatchObject({
      status: 'handed-over',
      findings: [
        { findingId: 'f1', status: 'new' },
        { findingId: 'f2', status: 'new', detail: secret },
      ],
    });

    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    expect(await show(host, booking, png, 'name=screen%0A1.png&findingId=f2')).toMatchObject({
      status: 200,
      body: { evidence: [{ sha256: sha256(png), name: 'screen 1.png', bytes: png.length, findingId: 'f2' }] },
    });
    expect((await show(host, booking, png)).body).toMatchObject({ evidence: [{}] });
    const feedback = { tester: 'Trader 1', rating: 4, comment: 'I found the fee only at the end.' };
    expect((await host('POST', at(booking, '/feedback'), { body: feedback })).body).toMatchObject({ feedback: [feedback] });

    expect((await move(guest, booking, 'f1', 'approve')).body).toMatchObject({
      findings: [{ status: 'approved' }, { status: 'new' }],
    });
    expect(problemOf(await finish(host, booking))).toBe('findings-open');
    await move(guest, booking, 'f2', 'ask', 'On which phone?');
    await move(host, booking, 'f2', 'answer', 'On all of them.');
    await move(guest, booking, 'f2', 'reject', 'We show it on the first page.');
    await move(host, booking, 'f2', 'dispute', 'Only on large screens.');
    expect((await move(guest, booking, 'f2', 'settle')).body).toMatchObject({
      findings: [
        {},
        { status: 'settled', outcome: 'upheld', talk: [{}, {}, {}, {}, { by: 'guest', act: 'settle', text: null }] },
      ],
    });

    expect(problemOf(await finish(guest, booking))).toBe('not-the-host');
    const finished = (await finish(host, booking)).body as TestReportView;
    expect(finished).toMatchObject({ status: 'finished', finished: { at: expect.any(String) } });
    expect(await finish(host, booking)).toMatchObject({ status: 200, body: finished });
    expect(problemOf(await move(guest, booking, 'f1', 'reject', 'After all'))).toBe('report-finished');
    expect(problemOf(await show(host, booking, 'late'))).toBe('report-finished');
    expect(await reportOf(guest, booking)).toEqual(finished);

    const told = await eventually(async () => {
      const events = await sandbox.eventsAbout(booking.bookingId);
      expect(events.at(-1)).toMatchObject({
        type: 'TestReportFinished',
        data: {
          bookingId: booking.bookingId,
          host: 'org-whole-host',
          guest: 'org-whole-guest',
          guestName: registered.name,
          mayBeNamed: true,
          digest: finished.finished?.digest,
        },
      });
      return events;
    });
    expect(told.filter(({ type }) => type === 'FindingMoved').map(({ data }) => [data.status, data.by])).toEqual([
      ['approved', 'guest'],
      ['information-asked', 'guest'],
      ['new', 'host'],
      ['rejected', 'guest'],
      ['disputed', 'host'],
      ['settled', 'guest'],
    ]);
    expect(told.map(({ type }) => type)).not.toContain('ReportHandedOver');
    for (const word of ['On which phone', feedback.comment, 'The fee comes last'])
      expect(JSON.stringify(told)).not.toContain(word);
  });

  it('is checked by npm run verify-report, which says in a few lines what is genuine, and by its exit code', async () => {
    const { host, guest, booking } = await tested('command');
    await show(host, booking, 'a log', 'name=log.txt');
    for (const finding of ['f1', 'f2']) await move(guest, booking, finding, 'approve');
    await finish(host, booking);
    const report = await reportOf(guest, booking);
    const folder = await mkdtemp(join(tmpdir(), 'umuhuza-report-'));
    const file = async (name: string, content: unknown) => {
      const path = join(folder, name);
      await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
      return path;
    };
    const root = join(import.meta.dirname, '../../..');
    const run = (...args: string[]) =>
      new Promise<{ code: number; said: string }>((resolve) => {
        execFile(process.execPath, ['services/sandbox/src/verifyReportMain.ts', ...args], { cwd: root }, (error, out, err) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: out + err }),
        );
      });
    try {
      const jwks = await file('jwks.json', (await clientOf(sandbox.address)('GET', '/api/sandbox/jwks')).body);
      const whole = await file('report.json', report);
      const sound = await run(whole, '--evidence', await file('log.txt', 'a log'), '--jwks', jwks);
      expect(sound).toMatchObject({
        code: 0,
        said: expect.stringMatching(/genuine[\s\S]*is the one that was signed[\s\S]*under the name log\.txt/),
      });
      expect(sound.said).toContain(booking.bookingId);
      expect(await run(whole, '--jwks', `${sandbox.address}/api/sandbox/jwks`)).toMatchObject({ code: 0 });
      const signature = report.finished?.signature ?? '';
      expect(await run(await file('signature', signature), '--jwks', jwks)).toMatchObject({
        code: 0,
        said: expect.stringContaining('not compared'),
      });
      const word = await file('word.json', { ...report, summary: 'All was well.' });
      expect(await run(word, '--jwks', jwks)).toMatchObject({ code: 1, said: expect.stringContaining('NOT the one') });
      expect(await run(whole, '--evidence', jwks, '--jwks', jwks)).toMatchObject({
        code: 1,
        said: expect.stringContaining('NOT one of its files'),
      });
      const forged = await file('forged', signature.replace(/.\./, 'x.'));
      expect(await run(forged, '--jwks', jwks)).toMatchObject({ code: 1, said: expect.stringContaining('NOT genuine') });
      const open = await file('open.json', { ...report, status: 'handed-over', finished: null });
      expect(await run(open, '--jwks', jwks)).toMatchObject({ code: 1, said: expect.stringContaining('no finished report') });
      for (const args of [[], ['/nowhere'], [whole, '--jwks', whole], [whole, '--jwks', '/nowhere'], [whole, '--unknown']])
        expect(await run(...args), args.join(' ')).toMatchObject({ code: 2 });
      expect((await run('--help')).said).toContain('npm run verify-report');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('can be checked by anybody who has it, with the published keys; one changed word shows', async () => {
    const { host, guest, booking } = await tested('checked');
    await show(host, booking, 'a log', 'name=log.txt');
    for (const finding of ['f1', 'f2']) await move(guest, booking, finding, 'approve');
    await finish(host, booking);
    const report = await reportOf(guest, booking);
    const nobody = clientOf(sandbox.address);
    const keys = (await nobody('GET', '/api/sandbox/jwks')).body as PublicKeys;
    const { payload, protectedHeader } = await compactVerify(report.finished?.signature ?? '', createLocalJWKSet(keys), {
      algorithms: ['EdDSA'],
    });
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: reportType, kid: keys.keys[0]?.kid });
    expect(JSON.stringify(keys)).not.toContain('"d"');
    const statement = JSON.parse(Buffer.from(payload).toString()) as object;
    const { status: _, finished: __, ...shown } = report;
    expect(statement).toEqual({
      iss: publicUrl,
      bookingId: booking.bookingId,
      host: 'org-checked-host',
      guest: 'org-checked-guest',
      title: report.title,
      startsAt: report.startsAt,
      endsAt: report.endsAt,
      finishedAt: report.finished?.at,
      digest: sha256(JSON.stringify(shown)),
      evidence: [{ name: 'log.txt', sha256: sha256('a log') }],
    });
    expect(sha256(JSON.stringify({ ...shown, summary: 'All was well.' }))).not.toBe(report.finished?.digest);
    const [head, , signature] = (report.finished?.signature ?? '').split('.');
    const forged = [head, Buffer.from(JSON.stringify({ ...statement, host: 'org-liar' })).toString('base64url'), signature].join(
      '.',
    );
    await expect(compactVerify(forged, createLocalJWKSet(keys))).rejects.toThrow('signature verification failed');
  });

  it('is finished without a guest that says nothing for fourteen days', async () => {
    const { host, booking } = await tested('silent');
    expect(problemOf(await finish(host, booking))).toBe('findings-open');
    sandbox.passHours(14 * 24);
    expect(await finish(host, booking)).toMatchObject({
      status: 200,
      body: { status: 'finished', findings: [{ status: 'new' }, {}] },
    });
  });

  it('that was not there stays refused under its key when it is', async () => {
    const [host, guest] = await Promise.all([sandbox.as('org-hasty-host', 'RW'), sandbox.as('org-hasty-guest')]);
    const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
    const booking = await book(guest, (await sandbox.openSlot(host, environmentId, 1, 2)).slotId);
    const send = (path: string, key: string) =>
      host('POST', at(booking, path), { raw: 'a log', headers: { 'content-type': 'text/plain', 'idempotency-key': key } });
    const end = (key: string) => host('POST', at(booking, '/finish'), { headers: { 'idempotency-key': key } });
    const both = async () => [problemOf(await send('/evidence?name=log.txt', 'log')), problemOf(await end('end'))];
    expect(await both()).toEqual(['no-such-report', 'no-such-report']);
    sandbox.passHours(3);
    expect((await onBooking(host, booking, 'complete', { report: written })).status).toBe(200);
    expect(await both()).toEqual(['no-such-report', 'no-such-report']);
    expect(await reportOf(guest, booking)).toMatchObject({ status: 'handed-over', evidence: [] });
    expect((await send('/evidence?name=log.txt', 'log again')).status).toBe(200);
  });

  it('takes a file once under its key, and no other file under it', async () => {
    const { host, guest, booking } = await tested('keyed-files');
    const keyed = (raw: string) =>
      host('POST', at(booking, '/evidence?name=log.txt'), {
        raw,
        headers: { 'content-type': 'application/octet-stream', 'idempotency-key': 'the-log' },
      });
    const first = await keyed('a log');
    expect(first.status).toBe(200);
    expect((await keyed('a log')).body).toEqual(first.body);
    const other = await keyed('another log');
    expect([other.status, problemOf(other)]).toEqual([422, 'key-used-for-another-request']);
    expect((await reportOf(guest, booking)).evidence).toMatchObject([{ sha256: sha256('a log') }]);
  });

  it('shows its files to the two firms as they were, and only as files', async () => {
    const { host, guest, booking } = await tested('files');
    const page = '<script>alert(1)</script>';
    await show(host, booking, page, 'name=page.html');
    const large = new Uint8Array(2 * 1024 ** 2).map((_, n) => n % 251);
    large.set(Buffer.from('000000186674797069736f6d0000000069736f6d6d703432', 'hex'));
    expect((await show(host, booking, large, 'name=..%2Fvideo.exe')).status).toBe(200);
    const file = await guest('GET', at(booking, `/evidence/${sha256(page)}`));
    expect(file).toMatchObject({ status: 200, body: page });
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename=page.html.txt');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await guest('GET', at(booking, `/evidence/${sha256(large)}`))).headers.get('content-length')).toBe(
      String(large.length),
    );
    expect((await reportOf(guest, booking)).evidence).toMatchObject([
      { name: 'page.html.txt' },
      { name: 'video.exe.mp4', bytes: large.length, sha256: sha256(large) },
    ]);
    for (const [name, bytes] of [
      ['run.png', Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
      ['log.txt', Buffer.from([1, 2, 3, 250, 251])],
    ] as const)
      expect(await show(host, booking, bytes, `name=${name}`)).toMatchObject({
        status: 415,
        body: { type: '/problems/evidence-type-not-taken' },
      });
    expect(problemOf(await guest('GET', at(booking, `/evidence/${sha256('other')}`)))).toBe('no-such-evidence');
    expect(problemOf(await show(guest, booking, 'mine'))).toBe('not-the-host');
    expect(problemOf(await show(host, booking, ''))).toBe('document-empty');
    expect(await show(host, booking, 'x', 'colour=red')).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'query.name' }, {}] },
    });
    expect(problemOf(await show(host, booking, 'x', 'name=x&findingId=f9'))).toBe('no-such-finding');
    expect(problemOf(await show(host, booking, new Uint8Array(takenAsEvidence.mostBytes + 1)))).toBe('body-too-large');
  });

  it('is nothing to a stranger, whatever it asks', async () => {
    const { host, booking } = await tested('private');
    await show(host, booking, 'a log', 'name=log.txt');
    for (const stranger of [await sandbox.as('org-private-nosy'), await sandbox.as('org-private-rival', 'RW')])
      for (const reply of [
        await stranger('GET', at(booking)),
        await move(stranger, booking, 'f1', 'approve'),
        await stranger('POST', at(booking, '/feedback'), { body: { tester: 'Me', rating: 5 } }),
        await finish(stranger, booking),
        await show(stranger, booking, 'mine'),
        await stranger('GET', at(booking, `/evidence/${sha256('a log')}`)),
      ])
        expect([reply.status, problemOf(reply)]).toEqual([404, 'no-such-report']);
    const nobody = clientOf(sandbox.address);
    expect((await nobody('GET', at(booking, `/evidence/${sha256('a log')}`))).status).toBe(401);
    expect((await show(nobody, booking, 'mine')).status).toBe(401);
  });
});
