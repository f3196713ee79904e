import { type Document, document as documentSchema } from '@umuhuza/contracts/documents';
import { takeDocument } from '@umuhuza/documents/takeDocument';
import { idFrom } from '@umuhuza/eventing/cause';
import type { Decision } from '@umuhuza/eventing/decision';
import { causeOf, ofBytes, onlyLooking } from '@umuhuza/service/commandCause';
import type { Request } from 'express';
import { noTender } from '../tender/evolve.ts';
import type { TenderRefusal } from '../tender/refusals.ts';
import type { Tender, TenderFact } from '../tender/tender.ts';
import type { TenderDocument } from '../tender/terms.ts';
import type { TendersDeps } from './deps.ts';
import { answer } from './problems.ts';

type Taking = {
  readonly name: string;
  readonly decide: (tender: Tender, document: TenderDocument) => Decision<TenderFact, TenderRefusal>;
  /** What the tender names at that place already. */
  readonly known: (tender: Tender) => readonly TenderDocument[];
};

/** A document that comes as the body of its request and that the tender comes to name. */
export const receivingOn =
  ({ tenders, tenderFiles, clock }: Pick<TendersDeps, 'tenders' | 'tenderFiles' | 'clock'>) =>
  async (req: Request, tenderId: string, { name, decide, known }: Taking) => {
    const cause = causeOf(req, clock);
    const tender = (await tenders.look(tenderId)) ?? noTender;
    const answered = (document?: Document) => () => ({ status: 201 as const, body: document as Document });
    const taken = await takeDocument(tenderFiles, {
      ...{ owner: tenderId, upload: idFrom(cause), name, content: req, at: clock() },
      known: known(tender),
      decide: (document) => decide(tender, document),
      change: (document) =>
        tenders.change(tenderId, (found) => decide(found, document), ofBytes(cause, document.sha256), answered(document)),
      unread: (no) => tenders.change(tenderId, () => no ?? [], no ? cause : onlyLooking(cause), answered()),
      isNamed: (change, { id }) => 'state' in change && known(change.state).some((one) => one.id === id),
    });
    return taken.outcome === 'before' ? { status: 201 as const, body: asSent(taken.document) } : answer(req, taken);
  };

const asSent = ({ id, name, type, size, sha256 }: Document): Document => documentSchema.parse({ id, name, type, size, sha256 });
