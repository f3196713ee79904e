import { catalogue } from '@umuhuza/contracts/catalogue';
import { asks, made, members, pointsOfTime, registered, type Story, takesAway, untilSeen } from '../story.ts';
import { tenderContracts } from './tenderContracts.ts';
import { bid, bidOf, draftOf, fileTo, known, past, publishedOf, terms, withBids } from './tendersMakings.ts';

export const tenders: Story = {
  service: 'tenders',
  reactions: {
    'identity.OrganisationRegistered': (_stage, mark) => ({ subject: `new-${mark}`, data: registered(`new-${mark}`) }),
    'identity.MembersChanged': (_stage, mark) => ({ subject: `changed-${mark}`, data: members(`changed-${mark}`) }),
    'matching.FirmsMatched': async (stage, mark) => {
      const { id, firm } = await publishedOf(stage, `matched-${mark}`, { audience: 'matched' });
      const { data, example } = catalogue.matching.FirmsMatched;
      const firms = example.firms.map((one) => ({ ...one, organisationId: firm.organisation }));
      return { subject: id, data: data.parse({ ...example, tenderId: id, firms }) };
    },
  },
  commands: {
    'closes the bidding and opens the bids when their time has come': async (stage, mark) => {
      const { buyer, firm, id, path } = await publishedOf(stage, `due-${mark}`);
      await made(stage, `bid in time ${mark}`, bidOf(firm, path));
      return async () => {
        // The deadline comes to the tender, since nobody waits until 2035.
        await stage.database
          .collection<{ _id: string }>('tenders')
          .updateOne({ _id: id }, { $set: { 'state.terms.deadline': past, 'lookup.deadline': past } });
        await untilSeen('the bids are open', async () => {
          const { status } = (await stage.get(buyer, path)).body as { readonly status: string };
          return status === 'opened';
        });
        return undefined;
      };
    },
    'begins a tender': asks('begins a tender', async (stage, mark) => ({
      by: (await known(stage, `begin-${mark}`)).buyer,
      method: 'POST',
      path: '/api/tenders',
      body: terms,
    })),
    'publishes a tender': asks('publishes a tender', async (stage, mark) => {
      const { buyer, path } = await draftOf(stage, `publish-${mark}`);
      return { by: buyer, method: 'POST', path: `${path}/publish`, body: {} };
    }),
    asks: asks('asks', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `ask-${mark}`);
      return { by: firm, method: 'POST', path: `${path}/questions`, body: { question: 'May the team work from Kigali?' } };
    }),
    'answers a question': asks('answers a question', async (stage, mark) => {
      const { buyer, firm, path } = await publishedOf(stage, `answer-${mark}`);
      const body = { question: 'May the team work from Kigali?' };
      const asked = await made(stage, `asked ${mark}`, { by: firm, method: 'POST', path: `${path}/questions`, body });
      const [question] = asked.questions as readonly { readonly id: string }[];
      return { by: buyer, method: 'POST', path: `${path}/questions/${question?.id}/answer`, body: { answer: 'Yes.' } };
    }),
    'amends a tender with a bid': asks('amends a tender with a bid', async (stage, mark) => {
      const { buyer, firm, path } = await publishedOf(stage, `amend-${mark}`);
      await made(stage, `bid to confirm ${mark}`, bidOf(firm, path));
      const body = { description: 'Carriers see their loads on a phone.', reason: 'A screen was forgotten.' };
      return { by: buyer, method: 'PATCH', path, body };
    }),
    'bids for the first time': asks('bids for the first time', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `bid-${mark}`);
      return bidOf(firm, path);
    }),
    'changes its bid': asks('changes its bid', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `rebid-${mark}`);
      await made(stage, `bid ${mark}`, bidOf(firm, path));
      return { ...bidOf(firm, path), body: { ...bid, summary: 'For less than before.' } };
    }),
    'withdraws its bid': asks('withdraws its bid', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `unbid-${mark}`);
      await made(stage, `bid to withdraw ${mark}`, bidOf(firm, path));
      return { by: firm, method: 'DELETE', path: `${path}/bids/mine` };
    }),
    'cancels a tender with a bid': asks('cancels a tender with a bid', async (stage, mark) => {
      const { buyer, firm, path } = await publishedOf(stage, `cancel-${mark}`);
      await made(stage, `bid in vain ${mark}`, bidOf(firm, path));
      return { by: buyer, method: 'POST', path: `${path}/cancel`, body: { reason: 'The project was stopped.' } };
    }),
    'imports a notice': asks('imports a notice', async (stage, mark) => ({
      by: (await known(stage, `import-${mark}`)).buyer,
      method: 'POST',
      path: '/api/tenders/import',
      body: {
        ...{ ocid: `ocds-${mark}`, id: '1', date: past, tag: ['tender'], initiationType: 'tender' },
        tender: {
          id: '1',
          title: 'A notice (demonstration)',
          items: [{ id: '1', classification: { scheme: 'CPV', id: '72212000' } }],
        },
      },
    })),
    'follows a tender': asks('follows a tender', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `follow-${mark}`);
      return { by: firm, method: 'PUT', path: `${path}/following`, body: { follows: true } };
    }),
    'adds a document': asks('adds a document', async (stage, mark) => {
      const { buyer, path } = await draftOf(stage, `document-${mark}`);
      return fileTo(buyer, `${path}/documents`);
    }),
    'takes a document away': asks('takes a document away', async (stage, mark) => {
      const { buyer, path } = await draftOf(stage, `undocument-${mark}`);
      const { id } = await made(stage, `document to take away ${mark}`, fileTo(buyer, `${path}/documents`));
      return { by: buyer, method: 'DELETE', path: `${path}/documents/${id}` };
    }),
    'adds a document to its bid': asks('adds a document to its bid', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `bid-document-${mark}`);
      return fileTo(firm, `${path}/bids/mine/documents`);
    }),
    'takes a document of its bid away': takesAway('takes a document of its bid away', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `bid-undocument-${mark}`);
      const { id } = await made(stage, `document of a bid ${mark}`, fileTo(firm, `${path}/bids/mine/documents`));
      return { by: firm, method: 'DELETE', path: `${path}/bids/mine/documents/${id}` };
    }),
    'saves what it prepares': asks('saves what it prepares', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `prepare-${mark}`);
      return { by: firm, method: 'PUT', path: `${path}/bids/mine/draft`, body: bid };
    }),
    'throws away what it prepared': takesAway('throws away what it prepared', async (stage, mark) => {
      const { firm, path } = await publishedOf(stage, `discard-${mark}`);
      await made(stage, `prepared ${mark}`, { by: firm, method: 'PUT', path: `${path}/bids/mine/draft`, body: bid });
      return { by: firm, method: 'DELETE', path: `${path}/bids/mine/draft` };
    }),
    ...tenderContracts,
  },
  slow: { 'closes the bidding and opens the bids when their time has come': pointsOfTime },
  /**
   * A content that no tender names is a bid that was never given; it is deleted when the tender ends. The keys of a tender that has ended
   * are destroyed then, or at the next start. What an upload that broke off left behind, or a document of a bid that was being deleted, is noted
   * and swept by that note later.
   */
  lasting: (collection, document, { tenders: all = [], bidDocuments = [], unsettledFiles = [] }) => {
    if (['unsettledFiles', 'files.chunks'].includes(collection)) return undefined;
    if (collection === 'bidDrafts') return { ...document, _id: document.tenderId };
    if (collection === 'bidDocuments') return document.going ? undefined : { ...document, coming: undefined };
    const isNoted = () =>
      JSON.stringify([unsettledFiles, bidDocuments.map(({ coming, going, file }) => [coming, going && file])]).includes(
        String(document._id),
      );
    const isNamedBy = (some: unknown) => JSON.stringify(some).includes(String(document._id));
    const isSwept = () => isNoted() && !isNamedBy(all.map(({ state }) => state));
    if (collection === 'files.files') return isSwept() ? undefined : document;
    const takesBids = (tenderId: unknown) =>
      all.some(({ _id, state }) => _id === tenderId && (state as { readonly status?: string }).status === 'published');
    const lasts =
      collection === 'bidContents'
        ? isNamedBy(all)
        : collection === 'tenderKeys'
          ? takesBids(document._id)
          : collection === 'bidderKeys'
            ? takesBids(document.tenderId)
            : true;
    return !lasts ? undefined : collection === 'tenders' ? withBids(document) : document;
  },
  isAtRest: async ({ database }) => (await database.collection('tenders').findOne({ 'lookup.leftovers': true })) === null,
  /** What a tender keeps of its bidders, their keys and receipts until the opening is told by a key of its own; each upload has an id of its own. */
  opaque: /^([\w-]{22}(-[\w-]{12})?|[\w.-]{43,})$/,
};
