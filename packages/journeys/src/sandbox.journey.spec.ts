import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BookingView } from '@umuhuza/contracts/sandbox/schemas';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import { eventually } from '@umuhuza/testing/eventually';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyers, type DemoCompany, firms } from './demo/companies.ts';
import { type Company, enter } from './door.ts';

/** Milliseconds until the slot begins: long enough to fill it and its queue, short enough to wait for. */
const beginsIn = 25_000;
const secret = 'PLANTED-GOAL-5K';

let system: RunningSystem;
let dataDir: string;
let host: Company;
let first: Company;
let second: Company;
let environmentId: string;
let slotId: string;
let laterId: string;
let startsAt: Temporal.Instant;
let booking: BookingView;

const company = async ({ profile, ...card }: DemoCompany, name: string): Promise<Company> => {
  const more = { slug: `sandbox-${name}`, email: `sandbox-${name}@demonstration.example`, password: 'a long enough passphrase' };
  const entered = await enter(system.url, { ...card, ...more });
  expect((await entered.profiles.editMine({ body: profile, headers: {} })).status).toBe(200);
  await eventually(async () => expect((await entered.profiles.publishMine({ body: {}, headers: {} })).status).toBe(200));
  return entered;
};
const kindsIn = async (reader: Company): Promise<string[]> => {
  const answer = await reader.inbox.list({ query: { limit: 100 } });
  return answer.status === 200 ? answer.body.items.map(({ kind }) => kind) : [];
};
const isTold = (reader: Company, kind: string) => eventually(async () => expect(await kindsIn(reader)).toContain(kind));
/** The calendar parts of the mails to a reader that speak of an event, as `METHOD SEQUENCE`. */
const invitationsTo = async ({ email }: Company, uid: string): Promise<string[]> => {
  const folder = join(dataDir, 'mail');
  const mails = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  return mails
    .filter((mail) => new RegExp(`^To: .*${email}`, 'm').test(mail))
    .flatMap((mail) => mail.split(/^--.+$/m))
    .filter((part) => /^content-type: text\/calendar/im.test(part))
    .map(decoded)
    .filter((text) => text.includes(uid))
    .map((text) => `${/^METHOD:(.+)$/m.exec(text)?.[1]?.trim()} ${/^SEQUENCE:(.+)$/m.exec(text)?.[1]?.trim()}`);
};
/** The body of a part of a mail, whose lines are unfolded: the lines of a calendar are. */
const decoded = (part: string): string => {
  const [head = '', ...body] = part.trimStart().split(/\r?\n\r?\n/);
  const text = body.join('\n\n');
  const encoding = /^content-transfer-encoding: (\S+)/im.exec(head)?.[1]?.toLowerCase();
  const plain =
    encoding === 'base64'
      ? Buffer.from(text, 'base64').toString()
      : text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return plain.replace(/\r?\n[ \t]/g, '');
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-sandbox-'));
  system = await startSystem({ dataDir, env: {}, onLine: () => undefined });
});
afterAll(async () => {
  await system?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a test in Kigali, through the door', () => {
  it('a host describes its environment with terms, a room that is needed, and opens two slots', async () => {
    const [german, another, rwandan] = [buyers[0], buyers[1], firms[0]] as [DemoCompany, DemoCompany, DemoCompany];
    [host, first, second] = [await company(rwandan, 'host'), await company(german, 'first'), await company(another, 'second')];
    const room = { resourceId: 'room', name: 'Room 1', kind: 'room' as const, quantity: 1 };
    expect((await host.sandbox.describeResources({ body: { resources: [room] }, headers: {} })).status).toBe(200);
    const environment = await host.sandbox.openEnvironment({
      headers: {},
      body: {
        title: 'Mobile money test room (demonstration)',
        areas: ['mobile-money'],
        place: { city: 'Kigali' },
        languages: [{ language: 'en', level: 'C1' }],
        dataRules: { data: 'test-data', law: 'Law No 058/2021 (Rwanda) and GDPR' },
        cancellationNoticeHours: 0,
        needs: [{ resourceId: 'room', quantity: 1 }],
        termsOfUse: 'Devices stay in the room.',
      },
    });
    environmentId = environment.status === 201 ? environment.body.environmentId : '';
    const open = async (from: Temporal.Instant, minutes: number) => {
      const opened = await host.sandbox.openSlot({
        params: { id: environmentId },
        headers: {},
        body: { startsAt: from.toString(), endsAt: from.add({ minutes }).toString(), capacity: 1 },
      });
      return opened.status === 201 ? opened.body.slotId : String(opened.status);
    };
    const now = Temporal.Now.instant();
    laterId = await open(now.add({ hours: 48 }), 60);
    expect(await open(now.add({ hours: 48, minutes: 30 }), 60)).toBe('409');
    startsAt = Temporal.Now.instant().add({ milliseconds: beginsIn });
    slotId = await open(startsAt, 1);
    expect(slotId).not.toBe('409');
  });

  it('one firm books with the terms accepted; another waits, is offered the place that becomes free, and takes it', async () => {
    const acceptedTerms = sha256('Devices stay in the room.');
    const form = {
      product: { name: 'Carrier payments', goals: secret },
      acceptedTerms,
      dataClass: 'test-data' as const,
      mayBeNamed: true,
    };
    const held = await first.sandbox.holdPlace({ params: { id: slotId }, body: {}, headers: {} });
    expect(held).toMatchObject({ status: 201, body: { free: 0, mine: { hold: { until: expect.any(String) } } } });
    const without = await first.sandbox.book({ params: { id: slotId }, headers: {}, body: { product: form.product } });
    expect(without).toMatchObject({ status: 422, body: { type: '/problems/terms-not-accepted' } });
    const booked = await first.sandbox.book({ params: { id: slotId }, headers: {}, body: form });
    expect(booked).toMatchObject({
      status: 201,
      body: { status: 'requested', termsAccepted: { version: 1, hash: acceptedTerms } },
    });
    const full = await second.sandbox.book({ params: { id: slotId }, headers: {}, body: form });
    expect(full).toMatchObject({
      status: 409,
      body: { type: '/problems/slot-full', detail: expect.stringContaining('waitlist') },
    });
    const waits = await second.sandbox.joinWaitlist({ params: { id: slotId }, headers: {}, body: form });
    expect(waits).toMatchObject({ status: 201, body: { position: 1 } });
    const entryId = waits.status === 201 ? waits.body.entryId : '';

    const bookingId = booked.status === 201 ? booked.body.bookingId : '';
    const moved = await first.sandbox.reschedule({ params: { id: bookingId }, headers: {}, body: { to: laterId } });
    expect(moved).toMatchObject({ status: 200, body: { slotId: laterId, sequence: 1, movedFrom: { slotId } } });
    for (const party of [host, first]) await isTold(party, 'booking-rescheduled');
    const { uid = '' } = booked.status === 201 ? booked.body : {};
    // The first one goes out only where the booking had not moved yet when its turn came.
    await eventually(async () => expect(await invitationsTo(first, uid)).toContain('REQUEST 1'));
    await isTold(second, 'place-offered');
    const taken = await second.sandbox.acceptOffer({ params: { entryId }, headers: {}, body: {} });
    expect(taken).toMatchObject({ status: 200, body: { status: 'requested', mayBeNamed: true } });
    booking = (taken.status === 200 ? taken.body : undefined) as BookingView;
    expect((await host.sandbox.confirm({ params: { id: booking.bookingId }, headers: {}, body: {} })).status).toBe(200);
    await isTold(second, 'booking-confirmed');
    expect((await first.sandbox.booking({ params: { id: booking.bookingId } })).status).toBe(404);
  });

  it('after kill -9 of the service the test is reported, with evidence, and the report is answered', async () => {
    await system.kill('sandbox', 'SIGKILL');
    await system.start('sandbox');
    const left = Temporal.Now.instant().until(startsAt).total('milliseconds');
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, left) + 100));
    const report = {
      summary: 'Eight paid and were paid.',
      findings: [{ title: 'Only in English', severity: 'medium' as const }],
    };
    const id = booking.bookingId;
    expect((await host.sandbox.complete({ params: { id }, headers: {}, body: { report } })).status).toBe(200);
    await isTold(second, 'booking-completed');
    const evidence = (caller: Company, path = '', init: RequestInit = {}) =>
      caller.token().then((authorization) =>
        fetch(new URL(`/api/sandbox/bookings/${id}/report/evidence${path}`, system.url), {
          ...init,
          headers: { authorization, 'content-type': 'application/octet-stream' },
        }),
      );
    expect((await evidence(host, '?name=log.txt', { method: 'POST', body: 'a log' })).status).toBe(200);
    expect(await (await evidence(second, `/${sha256('a log')}`)).text()).toBe('a log');
    expect((await evidence(first, `/${sha256('a log')}`)).status).toBe(404);
    const answered = await second.sandbox.moveFinding({ params: { id, findingId: 'f1' }, headers: {}, body: { act: 'approve' } });
    expect(answered).toMatchObject({ status: 200, body: { findings: [{ status: 'approved' }] } });
    await isTold(host, 'finding-moved');
  });

  it('finished, it is signed, and counts as a verified reference on the host’s profile', async () => {
    const finished = await host.sandbox.finishReport({ params: { id: booking.bookingId }, headers: {}, body: {} });
    expect(finished).toMatchObject({ status: 200, body: { status: 'finished' } });
    const signature = finished.status === 200 ? (finished.body.finished?.signature ?? '') : '';
    const keys = (await (await fetch(new URL('/api/sandbox/jwks', system.url))).json()) as JSONWebKeySet;
    const { payload } = await compactVerify(signature, createLocalJWKSet(keys), { algorithms: ['EdDSA'] });
    expect(JSON.parse(Buffer.from(payload).toString())).toMatchObject({
      bookingId: booking.bookingId,
      host: host.organisationId,
      evidence: [{ name: 'log.txt', sha256: sha256('a log') }],
    });
    for (const party of [host, second]) await isTold(party, 'report-finished');
    await eventually(async () =>
      expect(await first.profiles.one({ params: { organisationId: host.organisationId } })).toMatchObject({
        body: {
          references: expect.arrayContaining([
            expect.objectContaining({ id: `test-${booking.bookingId}`, client: second.name, status: 'verified' }),
          ]),
        },
      }),
    );
    expect(JSON.stringify(await Promise.all([first, host, second].map(kindsIn)))).not.toContain(secret);
  });
});
