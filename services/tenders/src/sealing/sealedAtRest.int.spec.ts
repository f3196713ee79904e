import type { BidReceipt, OpenedBids } from '@umuhuza/contracts/tenders/schemas';
import { commandId, fingerprint } from '@umuhuza/eventing/cause';
import { openOwners } from '@umuhuza/service/sealing/bidOwners';
import { newKey, readKeyRing } from '@umuhuza/service/sealing/keyRing';
import { eventually } from '@umuhuza/testing/eventually';
import { ringOf } from '@umuhuza/testing/keyRing';
import { afterAll, describe, expect, it } from 'vitest';
import { digestOf } from '../digest.ts';
import { openMongoTenderBook } from '../mongoTenderBook.ts';
import { readForOpening } from '../opening.ts';
import { cancelTender } from '../tender/cancelTender.ts';
import { bid, refused, secretAmount, startTenders } from '../tenders.fixture.ts';
import { beginSealed } from './beginSealed.ts';
import { openMongoAskers } from './mongoAskers.ts';
import { openMongoTenderKeys } from './mongoTenderKeys.ts';
import type { TenderKeys } from './tenderKeys.ts';

const tenders = await startTenders();
const { deps, connection, dump, buyer, alpha, beta, gamma, publishedTender, storedBids, statusOf, passDays, untilOpened } =
  tenders;
afterAll(tenders.stop);

const sealedBidsOf = async (id: string) => {
  const tender = await deps.tenders.find(id);
  return tender?.status === 'published' ? tender.bids : [];
};
const askersOf = async (id: string) => {
  const tender = await deps.tenders.find(id);
  return tender && 'questions' in tender ? tender.questions.map(({ askedBy }) => askedBy) : [];
};
const mine = (id: string) => `/api/tenders/${id}/bids/mine`;

describe('a copy of the database and the streams', () => {
  it('shows no price, no text, no hash of them and no bidder before the opening; afterwards it does', async () => {
    const id = await publishedTender();
    const said = { ...bid(secretAmount), summary: 'planted-secret-summary' };
    const key = { 'idempotency-key': 'bid-1' };
    const receipt = (await alpha('PUT', mine(id), { body: said, headers: key })).body as BidReceipt;
    expect((await beta('PUT', mine(id), { body: bid(secretAmount) })).status).toBe(200);
    expect((await gamma('PUT', mine(id), { body: bid(secretAmount), headers: key })).status).toBe(200);
    expect((await gamma('DELETE', mine(id), { headers: { 'idempotency-key': 'gone' } })).status).toBe(200);
    await buyer('PATCH', `/api/tenders/${id}`, { body: { description: 'Amended.', reason: 'Asked for.' } });
    await alpha('PUT', mine(id), { body: said });

    // What everybody can compute who knows the organisations and tries prices.
    const guesses = ['org-alpha', 'org-beta', 'org-gamma'].flatMap((organisation) => [
      commandId(organisation, 'bid-1'),
      commandId(organisation, 'gone'),
    ]);
    const guessed = [...guesses, receipt.digest, digestOf(bid(secretAmount)), fingerprint('PUT', mine(id), said)];
    const stolen = await dump();
    const ofTender = stolen.split('\n').filter((line) => line.includes(id));
    expect(ofTender.length).toBeGreaterThan(4);
    for (const secret of [String(secretAmount), 'planted-secret', 'org-alpha', 'org-beta', 'org-gamma', ...guessed])
      expect(
        ofTender.filter((line) => line.includes(secret)),
        secret,
      ).toEqual([]);

    await untilOpened(id);
    const opened = (await dump()).split('\n').filter((line) => line.includes(id));
    for (const shown of [String(secretAmount), 'org-alpha', receipt.digest])
      expect(opened.join('\n').includes(shown), shown).toBe(true);
    // Beta never confirmed its bid: who it was is known now, what it said never.
    await eventually(async () => expect(await storedBids(id)).toBe(1));
    expect(((await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids).bids).toHaveLength(1);
    expect(await beta('GET', mine(id))).toMatchObject({ status: 200, body: { status: 'not-opened' } });
  });

  it('shows no command of a bidder either once the tender was cancelled; it is decided anew then, and refused', async () => {
    const id = await publishedTender();
    const asked = { body: bid(secretAmount), headers: { 'idempotency-key': 'bid-before' } };
    expect((await alpha('PUT', mine(id), asked)).status).toBe(200);
    expect((await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' } })).status).toBe(200);
    const over = refused(409, 'procedure-is-over');
    for (let n = 0; n < 2; n++) {
      expect(await alpha('PUT', mine(id), asked)).toMatchObject(over);
      expect(await alpha('DELETE', mine(id), { headers: { 'idempotency-key': 'gone-after' } })).toMatchObject(
        refused(404, 'no-bid'),
      );
      const headers = { 'content-type': 'text/plain', 'idempotency-key': 'sent-after' };
      expect(await alpha('POST', `${mine(id)}/documents?name=a.txt`, { raw: 'text', headers })).toMatchObject(over);
    }
    const stolen = await dump();
    const guessed = [
      ...['bid-before', 'gone-after', 'sent-after'].map((key) => commandId('org-alpha', key)),
      fingerprint('PUT', mine(id), asked.body),
      fingerprint('DELETE', mine(id), undefined),
      fingerprint('POST', `${mine(id)}/documents?name=a.txt`, undefined),
    ];
    expect(guessed.filter((secret) => stolen.includes(secret))).toEqual([]);
  });

  it('is of no use with a key for another tender, nor with one bid in the place of another', async () => {
    const [one, other] = [await publishedTender(), await publishedTender()];
    for (const id of [one, other]) await alpha('PUT', mine(id), { body: bid(secretAmount) });
    const keys = connection.collection('tenderKeys');
    const key = await keys.findOne({ _id: other as never });
    await keys.updateOne({ _id: one as never }, { $set: { wrapped: key?.wrapped } });
    expect((await alpha('GET', mine(one))).status).toBe(500);

    await beta('PUT', mine(other), { body: bid(1) });
    const contents = connection.collection('bidContents');
    const [a, b] = await contents.find({ tenderId: other }).toArray();
    await contents.updateOne({ _id: a?._id as never }, { $set: { sealed: b?.sealed } });
    const answers = await Promise.all([alpha('GET', mine(other)), beta('GET', mine(other))]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 500]);
    for (const id of [one, other]) await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Done.' } });
  });
});

describe('the owners of sealed bids', () => {
  /** What the events of a tender say of its owners: sealed, and opened by the keys that notifications has. */
  const ownersTold = async (id: string) =>
    (await tenders.heardOf(id)).flatMap(({ type, data }) =>
      typeof data.owners === 'string' ? [{ type, sealed: data.owners, owners: openOwners(ringOf('post'), id, data.owners) }] : [],
    );

  it('are told by an amendment and by a cancellation, as many as there are, in one length', async () => {
    const [none, one, three] = [await publishedTender(), await publishedTender(), await publishedTender()];
    await alpha('PUT', mine(one), { body: bid(1) });
    for (const firm of [alpha, beta, gamma]) expect((await firm('PUT', mine(three), { body: bid(1) })).status).toBe(200);
    await beta('PUT', mine(three), { body: bid(2) });
    for (const id of [none, one, three])
      await buyer('PATCH', `/api/tenders/${id}`, { body: { description: 'Amended.', reason: 'Asked for.' } });
    await beta('DELETE', mine(three));
    await buyer('PATCH', `/api/tenders/${three}`, { body: { deadline: tenders.inDays(12), reason: 'Asked for.' } });
    for (const id of [none, one, three]) await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Done.' } });
    const told = async () => (await Promise.all([none, one, three].map(ownersTold))).flat();
    await eventually(async () => expect(await told()).toHaveLength(6));
    expect((await told()).map(({ owners }) => owners)).toEqual([
      [],
      [],
      ['org-alpha'],
      ['org-alpha'],
      ['org-alpha', 'org-gamma', 'org-beta'],
      ['org-alpha', 'org-gamma'],
    ]);
    expect(new Set((await told()).map(({ sealed }) => sealed.length)).size).toBe(1);
    // A cancellation leaves nothing else by which they could be found.
    expect(await tenders.documentOf(three)).not.toContain('"bids"');
  });

  it('are read as they were in bids that an earlier version took, and told from the next version of these on', async () => {
    const id = await publishedTender();
    for (const firm of [alpha, beta]) await firm('PUT', mine(id), { body: bid(1) });
    const documents = connection.collection<{ _id: string; state: { bids: string } }>('tenders');
    const rows = JSON.parse((await documents.findOne({ _id: id }))?.state.bids ?? '[]') as unknown[][];
    expect(rows.map((row) => row.length)).toEqual([8, 8]);
    const earlier = JSON.stringify(rows.map((row) => row.slice(0, 7)));
    await documents.updateOne({ _id: id }, { $set: { 'state.bids': earlier } });
    await beta('PUT', mine(id), { body: bid(2) });
    expect((await alpha('GET', mine(id))).body).toMatchObject({ status: 'valid' });
    await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Done.' } });
    await eventually(async () => expect((await ownersTold(id)).map(({ owners }) => owners)).toEqual([['org-beta']]));
  });
});

describe('the stored length', () => {
  /** The lengths of all binary values of a tender's rows, by their name, and of the files behind its bidders' documents. */
  const lengthsOf = async (id: string) => {
    const rows = await Promise.all(
      ['bidContents', 'bidDrafts', 'bidDocuments'].map((name) => connection.collection(name).find({ tenderId: id }).toArray()),
    );
    const files = await connection
      .collection('files.files')
      .find({ _id: { $in: rows.flat().flatMap(({ file }) => file ?? []) } })
      .toArray();
    return [
      ...rows
        .flat()
        .flatMap((row) =>
          Object.entries(row).flatMap(([name, value]) => (value?._bsontype === 'Binary' ? [`${name} ${value.length()}`] : [])),
        ),
      ...files.map(({ length }) => `file ${length}`),
    ].sort();
  };
  const sizes = {
    short: [1, 1, 10, 'a.txt'],
    long: [999_999_999_99, 3_000, 60_000, 'a-longer-name-for-what-is-offered.txt'],
  } as const;

  it('of a bid, its draft, its documents and its answer is the same for a short and a long one within a step', async () => {
    const lengths = await Promise.all(
      Object.values(sizes).map(async ([price, words, bytes, name]) => {
        const id = await publishedTender();
        const sent = await alpha('POST', `${mine(id)}/documents?name=${name}`, {
          raw: 'x'.repeat(bytes),
          headers: { 'content-type': 'text/plain' },
        });
        const said = { ...bid(price, price), summary: 'x'.repeat(words), documents: [sent.body] };
        expect((await alpha('PUT', mine(id), { body: said })).status).toBe(200);
        expect((await alpha('PUT', `${mine(id)}/draft`, { body: said })).status).toBe(200);
        const found = [...(await lengthsOf(id)), `tender ${(await tenders.documentOf(id)).length}`];
        await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Done.' } });
        return found;
      }),
    );
    expect(lengths[0]?.length).toBe(7);
    expect(lengths[1]).toEqual(lengths[0]);
  });
});

describe('a question', () => {
  it('does not lead to its asker by its Idempotency-Key, and is one all the same', async () => {
    const id = await publishedTender();
    const asking = { body: { question: 'From Kigali?' }, headers: { 'idempotency-key': 'guessed' } };
    const asked = await alpha('POST', `/api/tenders/${id}/questions`, asking);
    expect(asked).toMatchObject({ status: 201, body: { questions: [{ question: 'From Kigali?' }] } });
    expect(await alpha('POST', `/api/tenders/${id}/questions`, asking)).toMatchObject({ status: 201, body: asked.body });
    await eventually(async () => expect(await dump()).toContain('umuhuza.tenders.QuestionAsked.v1'));
    const stolen = await dump();
    expect(stolen).not.toContain(commandId('org-alpha', 'guessed'));
    const ofTender = stolen.split('\n').filter((line) => line.includes(id));
    expect(ofTender.length).toBeGreaterThan(3);
    expect(ofTender.filter((line) => line.includes('org-alpha'))).toEqual([]);
    // Nor does it lead to its asker's bid, nor to what it asks elsewhere.
    await alpha('PUT', mine(id), { body: bid(1) });
    const other = await publishedTender();
    await alpha('POST', `/api/tenders/${other}/questions`, asking);
    const [askedBy, askedElsewhere] = await Promise.all([id, other].map(askersOf));
    expect(askedBy).toEqual([deps.askers.markOf(id, 'org-alpha')]);
    expect(askedElsewhere).not.toEqual(askedBy);
    expect((await sealedBidsOf(id)).map(({ bidder }) => bidder)).not.toContain(askedBy?.[0]);
    await buyer('POST', `/api/tenders/${other}/cancel`, { body: { reason: 'Done.' } });
    await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Done.' } });
  });
});

describe('the askers of an earlier version', () => {
  it('are hidden at the start, and find their questions all the same, whatever became of the tender', async () => {
    const ids = [await publishedTender(), await publishedTender()];
    for (const id of ids)
      for (const [firm, question] of [
        [alpha, 'A?'],
        [beta, 'B?'],
      ] as const)
        await firm('POST', `/api/tenders/${id}/questions`, { body: { question } });
    await buyer('POST', `/api/tenders/${ids[1]}/cancel`, { body: { reason: 'Done.' } });
    const view = async (id: string) => (await alpha('GET', `/api/tenders/${id}`)).body as { questions: { mine: boolean }[] };
    const earlier = { 'state.questions.0.askedBy': 'org-alpha', 'state.questions.1.askedBy': 'org-beta' };
    // What happens by itself afterwards would write over what is changed here by hand.
    await eventually(async () => expect(await tenders.documentOf(ids[1] ?? '')).toContain('"leftovers":false'));
    for (const _id of ids) {
      await eventually(async () => expect(await tenders.documentOf(_id)).toContain('"outbox":[]'));
      await connection.collection('tenders').updateOne({ _id: _id as never }, { $set: earlier });
    }
    await connection.collection('notes').deleteOne({ _id: 'tenders' as never });
    const { logger, ...opened } = deps;
    const restarted = { ...opened, tenders: await openMongoTenderBook(connection, deps.owners), logger };
    expect((await restarted.tenders.namingAskers(10)).sort()).toEqual([...ids].sort());
    for (const id of ids) expect((await view(id)).questions.map(({ mine }) => mine)).toEqual([false, false]);
    await beginSealed(restarted);
    expect(await restarted.tenders.namingAskers(10)).toEqual([]);
    for (const id of ids) {
      expect(await askersOf(id)).toEqual(['org-alpha', 'org-beta'].map((firm) => deps.askers.markOf(id, firm)));
      expect((await view(id)).questions.map(({ mine }) => mine)).toEqual([true, false]);
    }
    const told = (await tenders.heardOf(ids[0] ?? '')).length;
    await beginSealed(restarted);
    expect((await tenders.heardOf(ids[0] ?? '')).length).toBe(told);
    await buyer('POST', `/api/tenders/${ids[0]}/cancel`, { body: { reason: 'Done.' } });
  });
});

describe('the key of the askers', () => {
  it('is one, also for replicas that start at once, and wrapped anew by the newest key-encryption key', async () => {
    await connection.collection('askerKeys').deleteMany({});
    const [one, other] = await Promise.all([1, 2].map(() => openMongoAskers(connection, ringOf('test'))));
    const mark = one?.markOf('t', 'org');
    expect(other?.markOf('t', 'org')).toBe(mark);
    expect(mark).not.toContain('org');
    expect((await openMongoAskers(connection, ringOf('newer', 'test'))).markOf('t', 'org')).toBe(mark);
    expect((await openMongoAskers(connection, ringOf('newer'))).markOf('t', 'org')).toBe(mark);
    await expect(openMongoAskers(connection, ringOf('test'))).rejects.toThrow('SEALING_KEYS lacks newer');
    await openMongoAskers(connection, ringOf('test', 'newer'));
  });
});

describe('the key of a tender', () => {
  it('is one, also when many need it first at once', async () => {
    const seals = await Promise.all(
      Array.from({ length: 20 }, async () => {
        await deps.keys.makeFor('raced');
        return deps.keys.sealFor('raced', 'org');
      }),
    );
    expect(new Set(seals.map((seal) => seal?.bidder('org'))).size).toBe(1);
    expect(new Set(seals.map((seal) => seal?.contentKey('c'))).size).toBe(1);
    await deps.keys.destroy('raced');
    expect(await deps.keys.sealFor('raced', 'org')).toBeUndefined();
    await deps.keys.deleteHalves('raced');
  });

  it('is wrapped anew at a start with a newer key-encryption key, and the older one can go', async () => {
    const id = await publishedTender();
    await alpha('PUT', mine(id), { body: bid(5) });
    const mark = (await deps.keys.find(id))?.bidder('org-alpha');
    const [both, newer] = [
      await openMongoTenderKeys(connection, ringOf('newer', 'test')),
      await openMongoTenderKeys(connection, ringOf('newer')),
    ];
    await expect(beginSealed({ ...deps, keys: newer })).rejects.toThrow(/SEALING_KEYS lacks test/);
    await beginSealed({ ...deps, keys: both });
    await beginSealed({ ...deps, keys: newer });
    const seal = await newer.find(id, 'org-alpha');
    expect(seal?.bidder('org-alpha')).toBe(mark);
    const [place] = await sealedBidsOf(id);
    if (!place) throw new Error('there is no bid');
    expect((await deps.bids.read(id, [place], seal)).get(place.contentId)).toEqual(bid(5));
    const opener = await newer.opener(id);
    if (!opener) throw new Error('there is no opener');
    expect((await deps.bids.letters(id, [place.contentId], opener)).get(place.contentId)?.bidder).toBe('org-alpha');
    await expect(beginSealed(deps)).rejects.toThrow(/SEALING_KEYS lacks newer/);
    // Back, for the tests that follow.
    await (await openMongoTenderKeys(connection, ringOf('test', 'newer'))).rewrap();
    expect(await alpha('GET', mine(id))).toMatchObject({ status: 200, body: { content: bid(5) } });
  });

  it('is renewed over two replicas without a failure: known to both, then the newest of both, then alone', async () => {
    const id = await publishedTender();
    await alpha('PUT', mine(id), { body: bid(5) });
    const replica = async (...ids: string[]) => {
      const keys = await openMongoTenderKeys(connection, ringOf(...ids));
      await beginSealed({ ...deps, keys });
      return keys;
    };
    const [place] = await sealedBidsOf(id);
    if (!place) throw new Error('there is no bid');
    const works = async (keys: TenderKeys, firm: string) => {
      const seal = await keys.find(id, 'org-alpha');
      expect((await deps.bids.read(id, [place], seal)).get(place.contentId)).toEqual(bid(5));
      expect(await keys.sealFor(id, firm)).toBeDefined();
      expect(await keys.opener(id)).toBeDefined();
    };
    let replicas = [await replica('test'), await replica('test', 'second')];
    for (const [n, keys] of replicas.entries()) await works(keys, `org-2-${n}`);
    replicas = [await replica('second', 'test'), await replica('test', 'second')];
    for (const [n, keys] of replicas.entries()) await works(keys, `org-3-${n}`);
    // The replica that started last as before has wrapped by the former one again: it cannot go yet.
    await expect(replica('second')).rejects.toThrow(/SEALING_KEYS lacks test/);
    replicas = [await replica('second', 'test'), await replica('second', 'test')];
    for (const [n, keys] of replicas.entries()) await works(keys, `org-4-${n}`);
    await works(await replica('second'), 'org-5');
    // Without the first step it fails where the new one is not known.
    await expect(works(await openMongoTenderKeys(connection, ringOf('test')), 'org-6')).rejects.toThrow(
      'second is not in SEALING_KEYS',
    );
    // Back, for the tests that follow.
    await (await openMongoTenderKeys(connection, ringOf('test', 'second'))).rewrap();
  });

  it('with another key under the same id the service does not start', async () => {
    const another = readKeyRing(`test:${newKey().toString('base64url')}`);
    if (!another) throw new Error('no ring');
    const wrong = await openMongoTenderKeys(connection, another);
    await expect(beginSealed({ ...deps, keys: wrong })).rejects.toThrow(/SEALING_KEYS lacks test/);
  });

  it('is destroyed with the bids when the tender is cancelled, also when a crash came in between', async () => {
    const id = await publishedTender();
    await alpha('PUT', mine(id), { body: bid(secretAmount) });
    const content = await connection.collection('bidContents').findOne({ tenderId: id });
    expect((await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' } })).status).toBe(200);
    expect(await deps.keys.find(id)).toBeUndefined();
    await eventually(async () => expect(await storedBids(id)).toBe(0));
    // Even who kept the ciphertext has nothing to read it with, and no new key is made for the tender.
    await connection.collection('bidContents').insertOne(content as never);
    expect(await alpha('GET', mine(id))).toMatchObject(refused(404, 'no-bid'));
    expect(await alpha('PUT', mine(id), { body: bid(1) })).toMatchObject(refused(409, 'procedure-is-over'));
    expect(await deps.keys.find(id)).toBeUndefined();

    const crashed = await publishedTender();
    await alpha('PUT', mine(crashed), { body: bid(secretAmount) });
    await deps.tenders.change(
      crashed,
      (tender) => cancelTender(tender, { by: { organisation: 'org-buyer' }, reason: 'Stopped.', at: deps.clock() }),
      { kind: 'time', id: 'crash', correlationId: 'crash', actor: 'platform', at: deps.clock() },
    );
    await eventually(async () => expect([await deps.keys.find(crashed), await storedBids(crashed)]).toEqual([undefined, 0]));
  });
});

describe('what reads a bid', () => {
  const small = Buffer.from('%PDF-1.7 small');
  const everythingOf = async (firm: typeof alpha, id: string) => {
    const sent = await firm('POST', `${mine(id)}/documents?name=a.pdf`, {
      raw: small,
      headers: { 'content-type': 'application/pdf' },
    });
    const document = sent.body as { id: string };
    const answers = [
      sent,
      await firm('PUT', `${mine(id)}/draft`, { body: bid(5) }),
      await firm('GET', `${mine(id)}/draft`),
      await firm('PUT', mine(id), { body: { ...bid(5), documents: [document] } }),
      await firm('GET', mine(id)),
      await firm('GET', `${mine(id)}/receipt`),
      await firm('GET', `${mine(id)}/documents`),
      await firm('POST', `/api/tenders/${id}/questions`, { body: { question: 'Why?' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 200, 200, 201]);
  };
  const lettersOf = (id: string) => tenders.unwrapped.filter((about) => about === `letters ${id}`).length;

  it('is unwrapped by the opening alone; a bidder’s request unwraps its own half and no other’s', async () => {
    const id = await publishedTender();
    await everythingOf(alpha, id);
    const seal = await deps.keys.find(id);
    const half = (organisation: string) => `half ${seal?.bidder(organisation)}`;
    tenders.unwrapped.length = 0;
    await everythingOf(beta, id);
    const view = (await buyer('GET', `/api/tenders/${id}`)).body as { questions: { id: string }[] };
    await buyer('GET', `/api/tenders/${id}/ocds`);
    expect(await buyer('POST', `/api/tenders/${id}/open-bids`)).toMatchObject(refused(409, 'bidding-not-over'));
    expect(tenders.unwrapped.filter((about) => about.startsWith('half'))).toContain(half('org-beta'));
    expect(tenders.unwrapped).not.toContain(half('org-alpha'));
    expect(lettersOf(id)).toBe(0);

    // Nor do the keys that a request has read what another bidder brought.
    const [own, other] = [await deps.keys.find(id, 'org-alpha'), await deps.keys.find(id, 'org-beta')];
    const [place] = (await sealedBidsOf(id)).filter(({ bidder }) => bidder === own?.bidder('org-alpha'));
    if (!place || !own || !other) throw new Error('alpha has not bid');
    expect((await deps.bids.read(id, [place], own)).size).toBe(1);
    for (const wrong of [other, await deps.keys.find(id)])
      await expect(deps.bids.read(id, [place], wrong)).rejects.toThrow('content');

    for (const { id: questionId } of view.questions)
      await buyer('POST', `/api/tenders/${id}/questions/${questionId}/answer`, { body: { answer: 'So.' } });
    await untilOpened(id);
    expect(lettersOf(id)).toBeGreaterThan(0);
    expect(((await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids).bids).toHaveLength(2);
  });

  it('goes with a cancelled tender, the bidders’ halves a moment later', async () => {
    const id = await publishedTender();
    await everythingOf(alpha, id);
    const halves = () => connection.collection('bidderKeys').countDocuments({ tenderId: id });
    expect(await halves()).toBe(1);
    const kept = await connection.collection('bidderKeys').findOne({ tenderId: id });
    await buyer('POST', `/api/tenders/${id}/cancel`, { body: { reason: 'Stopped.' } });
    await eventually(async () => expect(await halves()).toBe(0));
    // The half by itself reads nothing.
    await connection.collection('bidderKeys').insertOne(kept as never);
    expect(await deps.keys.find(id, 'org-alpha')).toBeUndefined();
    expect(await deps.keys.sealFor(id, 'org-alpha')).toBeUndefined();
    await deps.keys.deleteHalves(id);
  });

  it('of a tender of an earlier version is its one key, until it is opened', async () => {
    const id = await publishedTender();
    await connection.collection('tenderKeys').updateOne({ _id: id as never }, { $unset: { letters: true } });
    await everythingOf(alpha, id);
    expect(await connection.collection('bidderKeys').countDocuments({ tenderId: id })).toBe(0);
    expect(await connection.collection('bidContents').findOne({ tenderId: id })).toHaveProperty('bidder');
    const { questions } = (await buyer('GET', `/api/tenders/${id}`)).body as { questions: { id: string }[] };
    await buyer('POST', `/api/tenders/${id}/questions/${questions[0]?.id}/answer`, { body: { answer: 'So.' } });
    await untilOpened(id);
    expect(((await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids).bids).toMatchObject([
      { bidder: { organisationId: 'org-alpha' }, content: bid(5) },
    ]);
  });
});

describe('bids that an earlier version wrote one by one', () => {
  it('are read, changed and opened like all others, and written as one text with the next change', async () => {
    const id = await publishedTender();
    await alpha('PUT', mine(id), { body: bid(3) });
    await beta('PUT', mine(id), { body: bid(4) });
    const collection = connection.collection<{ _id: string; state: { bids: unknown } }>('tenders');
    const written = async () => (await collection.findOne({ _id: id }))?.state.bids;
    expect(typeof (await written())).toBe('string');
    await collection.updateOne({ _id: id }, { $set: { 'state.bids': await sealedBidsOf(id) } });
    expect(await written()).toMatchObject([{ version: 1 }, { version: 1 }]);

    expect(await alpha('GET', mine(id))).toMatchObject({ status: 200, body: { version: 1, content: bid(3) } });
    expect(await beta('PUT', mine(id), { body: bid(5) })).toMatchObject({ status: 200, body: { version: 2 } });
    expect(typeof (await written())).toBe('string');
    await untilOpened(id);
    expect(((await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids).bids).toMatchObject([
      { bidder: { organisationId: 'org-alpha' }, content: bid(3) },
      { bidder: { organisationId: 'org-beta' }, content: bid(5) },
    ]);
  });
});

describe('the opening', () => {
  it('reads nothing before the deadline, nor while a question waits', async () => {
    const id = await publishedTender();
    await alpha('PUT', mine(id), { body: bid(4) });
    expect((await readForOpening(deps, id, deps.clock())).contents.size).toBe(0);
    const asked = await beta('POST', `/api/tenders/${id}/questions`, { body: { question: 'Why?' } });
    passDays(11);
    await eventually(async () => expect(await statusOf(id)).toBe('closed'));
    expect((await readForOpening(deps, id, deps.clock())).contents.size).toBe(0);
    const { questions } = asked.body as { questions: { id: string }[] };
    await buyer('POST', `/api/tenders/${id}/questions/${questions[0]?.id}/answer`, { body: { answer: 'So.' } });
    await eventually(async () => expect(await statusOf(id)).toBe('opened'));
  });

  it('that dies between reading and writing leaves all as sealed as it was, and the next one opens it', async () => {
    const id = await publishedTender();
    await alpha('PUT', mine(id), { body: bid(secretAmount) });
    const read = await readForOpening(deps, id, tenders.inDays(11));
    expect([...read.contents.values()]).toMatchObject([{ bidder: 'org-alpha', prices: bid(secretAmount).prices }]);
    const left = (await dump()).split('\n').filter((line) => line.includes(id));
    expect(left.join()).not.toMatch(new RegExp(`org-alpha|${secretAmount}`));
    await untilOpened(id);
    expect(((await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids).bids).toMatchObject([
      { bidder: { organisationId: 'org-alpha' }, content: bid(secretAmount) },
    ]);
  });
});

describe('a bid that somebody changed where it lies', () => {
  it('keeps its own tender from being opened, by name, and no other one behind it', async () => {
    const [broken, whole] = [await publishedTender(), await publishedTender()];
    for (const id of [broken, whole]) await alpha('PUT', mine(id), { body: bid(5) });
    const contents = connection.collection('bidContents');
    const was = await contents.findOne({ tenderId: broken });
    const other = await contents.findOne({ tenderId: whole });
    await contents.updateOne({ tenderId: broken }, { $set: { sealed: other?.sealed } });
    await untilOpened(whole);
    expect(await statusOf(whole)).toBe('opened');
    await eventually(async () => expect(await statusOf(broken)).toBe('closed'));
    expect(await buyer('POST', `/api/tenders/${broken}/open-bids`)).toMatchObject(refused(503, 'bids-not-readable'));
    await contents.updateOne({ tenderId: broken }, { $set: { sealed: was?.sealed } });
    await eventually(async () => expect(await statusOf(broken)).toBe('opened'));
  });
});

describe('bids that were given before bids were sealed', () => {
  it('are sealed at the start, opened like all others, and readable for their bidders', async () => {
    const id = await publishedTender();
    await alpha('PUT', mine(id), { body: bid(secretAmount) });
    const content = bid(secretAmount);
    await connection.collection('bidContents').deleteMany({ tenderId: id });
    await connection.collection('bidContents').insertOne({ _id: 'plain' as never, tenderId: id, content });
    const given = { ...(await sealedBidsOf(id))[0], bidder: 'org-alpha', contentId: 'plain', digest: digestOf(content) };
    await connection.collection('tenders').updateOne({ _id: id as never }, { $set: { 'state.bids': [given] } });
    await beginSealed(deps);
    await beginSealed(deps);
    expect(await alpha('GET', mine(id))).toMatchObject({ status: 200, body: { version: 1, content } });
    const lines = (await dump()).split('\n').filter((line) => line.includes(id));
    expect(lines.join()).not.toMatch(new RegExp(`org-alpha|${secretAmount}|"plain"`));
    await untilOpened(id);
    expect(((await buyer('GET', `/api/tenders/${id}/bids`)).body as OpenedBids).bids).toMatchObject([
      { bidder: { organisationId: 'org-alpha' }, digest: digestOf(content), content },
    ]);
  });
});
