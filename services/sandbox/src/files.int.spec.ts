import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { openGridFsFileStore } from '@umuhuza/documents/gridFsFileStore';
import { openNotedFiles } from '@umuhuza/documents/notedFiles';
import { startS3StandIn } from '@umuhuza/documents/s3StandIn.fixture';
import { connectMongo } from '@umuhuza/service/mongo';
import type { Client } from '@umuhuza/testing/client';
import { eventually } from '@umuhuza/testing/eventually';
import mongoose from 'mongoose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { book, onBooking, problemOf, report, type Sandbox, startSandbox } from './sandbox.fixture.ts';

const stopping: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stopping.splice(0).reverse()) await stop();
});
const started = async (...storage: Parameters<typeof startSandbox>): Promise<Sandbox> => {
  const sandbox = await startSandbox(...storage);
  stopping.push(sandbox.stop);
  return sandbox;
};

const upload = (host: Client, path: string, name: string, raw: string | Uint8Array) =>
  host('POST', `${path}?name=${name}`, { raw, headers: { 'content-type': 'application/octet-stream' } });
const sha256 = (bytes: string) => createHash('sha256').update(bytes).digest('hex');
const rules = 'Shoes stay outside.';
const log = 'The fee was not seen.';

/** An environment with a document, and a report of a test there with evidence. */
const scene = async (sandbox: Sandbox) => {
  const [host, guest] = await Promise.all([sandbox.as('org-files', 'RW'), sandbox.as('org-files-guest')]);
  const { environmentId } = await sandbox.openEnvironment(host, { confirmation: 'automatic' });
  const documents = `/api/sandbox/environments/${environmentId}/documents`;
  const document = await upload(host, documents, 'rules.txt', rules);
  expect(document.status).toBe(201);
  const { id: documentId } = document.body as { id: string };
  const booking = await book(guest, (await sandbox.openSlot(host, environmentId, 1, 2)).slotId);
  sandbox.passHours(3);
  expect((await onBooking(host, booking, 'complete', { report })).status).toBe(200);
  const evidence = `/api/sandbox/bookings/${booking.bookingId}/report/evidence`;
  expect((await upload(host, evidence, 'log.txt', log)).status).toBe(200);
  const shown = async () => [
    (await guest('GET', `${documents}/${documentId}`)).body,
    (await guest('GET', `${evidence}/${sha256(log)}`)).body,
  ];
  return { guest, environmentId, documentId, booking, evidence, shown };
};

describe('files of environments and reports', () => {
  it('that a crash left before anybody named them are gone after a day; those that are named stay', async () => {
    const sandbox = await started();
    const { environmentId, documentId, booking, shown } = await scene(sandbox);
    const mongo = await connectMongo(sandbox.backends.mongoUrl, 'sandbox', sandbox.backends.databaseOf('sandbox'));
    stopping.push(mongo.stop);
    const files = await openNotedFiles(mongo.connection, openGridFsFileStore(mongo.connection));
    const notes = mongo.connection.collection<{ _id: string; owner: string; at: string }>('unsettledFiles');
    expect(await notes.countDocuments()).toBe(0);
    const named = (await sandbox.documentsOf('files.files')).map(({ _id }) => String(_id));
    expect(named).toHaveLength(2);
    const at = sandbox.clock();
    for (const owner of [environmentId, booking.bookingId, 'unknown'])
      await files.receive(owner, { id: `stray-of-${owner}`, name: 'a.txt', content: Readable.from([Buffer.from('a')]), at });
    // Their owners died right after they had named these, before the notes were taken away.
    await notes.insertMany([
      { _id: documentId, owner: environmentId, at },
      { _id: named.find((id) => id !== documentId) ?? '', owner: booking.bookingId, at },
    ]);

    sandbox.passHours(23);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await notes.countDocuments()).toBe(5);
    sandbox.passHours(2);
    await eventually(async () => expect(await notes.countDocuments()).toBe(0));
    expect((await sandbox.documentsOf('files.files')).map(({ _id }) => String(_id)).toSorted()).toEqual(named.toSorted());
    expect(await shown()).toEqual([rules, log]);
  });

  it('that are taken away go a day later when who did so died before their bytes were gone', async () => {
    const sandbox = await started();
    const { environmentId, documentId } = await scene(sandbox);
    const host = await sandbox.as('org-files', 'RW');
    const path = `/api/sandbox/environments/${environmentId}/documents/${documentId}`;
    const stored = async () => (await sandbox.documentsOf('files.files')).map(({ _id }) => String(_id));
    const notes = async () => (await sandbox.documentsOf('unsettledFiles')).map(({ _id }) => String(_id));
    const stranger = await sandbox.as('org-files-stranger');
    expect((await stranger('DELETE', path)).status).toBeGreaterThanOrEqual(403);
    expect(await notes()).toEqual([]);
    const dying = vi.spyOn(mongoose.mongo.GridFSBucket.prototype, 'delete').mockRejectedValueOnce(new Error('dies here'));
    expect((await host('DELETE', path)).status).toBe(500);
    dying.mockRestore();
    expect(problemOf(await host('DELETE', path))).toBe('no-such-document');
    expect([await notes(), await stored()]).toEqual([[documentId], expect.arrayContaining([documentId])]);
    sandbox.passHours(25);
    await eventually(async () => expect(await notes()).toEqual([]));
    expect(await stored()).toHaveLength(1);
  });

  it('lie in a bucket where one is named, and nowhere in the database; what is taken back leaves it', async () => {
    const storage = await startS3StandIn();
    stopping.push(storage.stop);
    const sandbox = await started(storage.place);
    const { environmentId, documentId, shown } = await scene(sandbox);
    expect([...storage.objects.values()].map(String).toSorted()).toEqual([rules, log].toSorted());
    expect(await sandbox.documentsOf('files.files')).toEqual([]);
    expect(await shown()).toEqual([rules, log]);
    const host = await sandbox.as('org-files', 'RW', 1);
    expect((await host('DELETE', `/api/sandbox/environments/${environmentId}/documents/${documentId}`)).status).toBe(204);
    expect([...storage.objects.values()].map(String)).toEqual([log]);
  });

  it('that an earlier version kept under their hash are given out as before', async () => {
    const sandbox = await started();
    const { guest, booking, evidence } = await scene(sandbox);
    const mongo = await connectMongo(sandbox.backends.mongoUrl, 'sandbox', sandbox.backends.databaseOf('sandbox'));
    stopping.push(mongo.stop);
    const { connection } = mongo;
    await connection
      .collection<{ _id: string }>('reports')
      .updateOne({ _id: booking.bookingId }, { $unset: { 'state.evidence.0.file': '' } });
    expect(problemOf(await guest('GET', `${evidence}/${sha256(log)}`))).toBe('no-such-evidence');
    await connection
      .collection<{ _id: string; bytes: mongoose.mongo.Binary }>('evidence')
      .insertOne({ _id: `${booking.bookingId}/${sha256(log)}`, bytes: new mongoose.mongo.Binary(Buffer.from(log)) });
    expect((await guest('GET', `${evidence}/${sha256(log)}`)).body).toBe(log);
  });
});
