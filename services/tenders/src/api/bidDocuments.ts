import { type Document, document as documentSchema } from '@umuhuza/contracts/documents';
import type { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { BidContent } from '@umuhuza/contracts/tenders/schemas';
import { isSameDocument } from '@umuhuza/documents/isSameDocument';
import type { NotTaken } from '@umuhuza/documents/receiveDocument';
import { serveDocument } from '@umuhuza/documents/serveDocument';
import { type CommandCause, idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf, onlyLooking } from '@umuhuza/service/commandCause';
import { commonProblem } from '@umuhuza/service/problems';
import type { Handlers } from '@umuhuza/service/serviceApp';
import type { Request, Response } from 'express';
import { documentKey } from '../sealing/documentKey.ts';
import { sealOf, sealToWrite } from '../sealing/sealOf.ts';
import { noTender } from '../tender/evolve.ts';
import { unlessBuyer } from '../tender/parties.ts';
import { isRefusal, type TenderRefusal } from '../tender/refusals.ts';
import { takingBids } from '../tender/submitBid.ts';
import { bidOf, isVisibleTo, openingOf } from '../tender/tender.ts';
import { anHourBefore } from './anHourBefore.ts';
import type { TendersDeps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type Refused = { readonly refused: TenderRefusal | NotTaken; readonly detail?: string };
type Routes = 'addBidDocument' | 'myBidDocuments' | 'myBidDocument' | 'removeBidDocument' | 'bidDocument';

/** A bidder and the documents of its bid; after the opening the buyer and those of the opened bids. */
export const bidDocumentHandlers = (deps: TendersDeps): Pick<Handlers<typeof tendersApi>, Routes> => {
  const { tenders, bids, keys, drafts, bidDocuments, clock } = deps;

  const placeFor = async (req: Request, tenderId: string, seal: typeof sealToWrite = sealOf) => {
    const { organisation } = memberOf(req);
    return { tenderId, organisation, seal: await seal(deps, tenderId, organisation) };
  };
  type Place = Awaited<ReturnType<typeof placeFor>>;

  const barring = async (req: Request, tenderId: string) => {
    const tender = takingBids((await tenders.look(tenderId)) ?? noTender, { by: memberOf(req), at: clock() });
    return isRefusal(tender) ? tender : undefined;
  };

  const ownBid = async ({ tenderId, organisation, seal }: Place) => {
    const tender = (await tenders.find(tenderId)) ?? noTender;
    const bid = bidOf(tender, { organisation, sealedAs: seal.bidder(organisation) });
    const content = bid && (await bids.read(tenderId, [bid], seal)).get(bid.contentId);
    return { tender, bid, content };
  };

  const deleteLeftBehind = async (place: Place) => {
    const { content } = await ownBid(place);
    const draft = (await drafts.find(place))?.draft;
    const named = [content, draft].flatMap((one) => one?.documents?.map((document) => document.id) ?? []);
    await bidDocuments.deleteUnnamed(place, named, anHourBefore(clock()));
  };

  const serve = async (
    req: Request,
    res: Response,
    tenderId: string,
    { content, id, key }: { content: BidContent | undefined; id: string; key: Buffer | undefined },
  ) => {
    const document = content?.documents?.find((one) => one.id === id);
    const stream = document && key && (await bidDocuments.open(tenderId, document, key));
    return document && stream ? serveDocument(res, document, stream) : refuse(req, 'no-such-document');
  };

  return {
    addBidDocument: async ({ params, query, req }) => {
      const place = await placeFor(req, params.id, sealToWrite);
      const { seal } = place;
      const cause = causeOf(req, clock);
      const id = idFrom(seal.cause(cause), 'document');
      /** The request without its bytes, as its tender remembers it; its answer is sealed like that to a bid. */
      const asked = (decided: readonly [] | Refused, known: CommandCause, document?: Document) =>
        tenders.change(
          params.id,
          () => decided,
          seal.bidCause(known, place.organisation),
          () => ({ status: 201 as const, body: seal.sealAnswer(document ?? null) }),
        );
      type Asked = Awaited<ReturnType<typeof asked>>;
      const tell = async (told: Asked) => {
        if (told.outcome === 'refused' || told.outcome === 'key-reused') return answer<never>(req, told);
        return { status: 201 as const, body: documentSchema.parse(seal.unsealAnswer(told.answer.body)) };
      };
      const no = async (refused: Refused['refused'], detail?: string) =>
        tell(await asked(detail === undefined ? { refused } : { refused, detail }, cause));

      const told = await asked([], onlyLooking(cause));
      if (told.outcome === 'repeated') {
        const { body: first } = (await tell(told)) as { readonly body: Document };
        const isIt = await isSameDocument({ name: query.name, content: req }, first);
        return isIt ? { status: 201, body: first } : commonProblem(req, 'key-used-for-another-request');
      }
      if (told.outcome !== 'done') return tell(told);
      const barred = await barring(req, params.id);
      if (barred) return no(barred.refused, barred.detail);
      const add = () => bidDocuments.add(place, { id, name: query.name, content: req, at: clock() });
      let added = await add();
      if (added === 'too-many-documents') {
        // Nobody has read a byte yet. What an upload left whose answer was lost, or a draft thrown away, makes room.
        await deleteLeftBehind(place);
        added = await add();
      }
      const isTooLate = typeof added === 'object' && !(await keys.find(params.id));
      if (isTooLate) await bidDocuments.delete(place, [id], anHourBefore(clock()));
      if (isTooLate || added === 'gone-meanwhile') {
        const ended = await barring(req, params.id);
        return no(ended?.refused ?? 'no-such-document', ended?.detail);
      }
      if (added === 'another-document') return commonProblem(req, 'key-used-for-another-request');
      if (typeof added === 'string') return no(added);
      const kept = await asked([], cause, added);
      // At another replica this very request was refused meanwhile.
      if (kept.outcome === 'refused') await bidDocuments.delete(place, [id], anHourBefore(clock()));
      return tell(kept);
    },

    myBidDocuments: async ({ params, req }) => {
      const place = await placeFor(req, params.id);
      const tender = (await tenders.look(params.id)) ?? noTender;
      if (!isVisibleTo(tender, place.organisation)) return refuse(req, 'no-such-tender');
      return { status: 200, body: { items: await bidDocuments.list(place) } };
    },

    myBidDocument: async ({ params, req, res }) => {
      const place = await placeFor(req, params.id);
      const { tender, bid, content } = await ownBid(place);
      if (!isVisibleTo(tender, place.organisation)) return refuse(req, 'no-such-tender');
      const { documentId: id } = params;
      const mine = (await bidDocuments.list(place)).find((one) => one.id === id);
      const stream = mine && (await bidDocuments.open(params.id, mine, documentKey(place.seal, id)));
      if (mine && stream) return serveDocument(res, mine, stream);
      // When the tender's key is gone, the opened bid still has that of each of its documents.
      const key = bid && (await bids.documentKey(params.id, bid, id));
      return serve(req, res, params.id, { content, id, key });
    },

    removeBidDocument: async ({ params, req }) => {
      const place = await placeFor(req, params.id);
      const { tender, content } = await ownBid(place);
      if (!isVisibleTo(tender, place.organisation)) return refuse(req, 'no-such-tender');
      const { documentId: id } = params;
      if (!(await bidDocuments.list(place)).some((one) => one.id === id)) return refuse(req, 'no-such-document');
      const draft = (await drafts.find(place))?.draft;
      if ([content, draft].some((one) => one?.documents?.some((document) => document.id === id)))
        return refuse(req, 'document-in-use');
      // Looked at and not named; a bid on its way to the tender may name it all the same.
      const gone = await bidDocuments.delete(place, [id], anHourBefore(clock()));
      return gone.length > 0 ? { status: 204, body: undefined } : refuse(req, 'document-in-use');
    },

    bidDocument: async ({ params, req, res }) => {
      const tender = (await tenders.look(params.id)) ?? noTender;
      const refusal = unlessBuyer(tender, memberOf(req));
      if (refusal) return refuse(req, refusal.refused);
      const opening = openingOf(tender);
      if (!opening) return refuse(req, 'bids-not-opened');
      const bid = opening.bids.find(({ bidId }) => bidId === params.bidId);
      if (!bid) return refuse(req, 'no-such-bid');
      const content = (await bids.read(params.id, [bid])).get(bid.contentId);
      const key = await bids.documentKey(params.id, bid, params.documentId);
      return serve(req, res, params.id, { content, id: params.documentId, key });
    },
  };
};
