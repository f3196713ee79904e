import { randomBytes } from 'node:crypto';
import { type Document, document as documentSchema } from '@umuhuza/contracts/documents';
import { isSameDocument } from '@umuhuza/documents/isSameDocument';
import { idFrom } from '@umuhuza/eventing/cause';
import type { Decision } from '@umuhuza/eventing/decision';
import { causeOf, ofBytes } from '@umuhuza/service/commandCause';
import { commonProblem } from '@umuhuza/service/problems';
import type { Request } from 'express';
import { noTender } from '../tender/evolve.ts';
import { isRefusal, type TenderRefusal } from '../tender/refusals.ts';
import type { Tender, TenderFact } from '../tender/tender.ts';
import type { TenderDocument } from '../tender/terms.ts';
import type { TendersDeps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type Taking = {
  readonly name: string;
  readonly decide: (tender: Tender, document: TenderDocument) => Decision<TenderFact, TenderRefusal>;
  /** What the tender names at that place already. */
  readonly known: (tender: Tender) => readonly TenderDocument[];
};

/**
 * A document that comes as the body of its request and that the tender comes to name; one that is refused leaves no file. Each attempt at
 * the same upload has an id of its own that begins alike, so that one whose line hangs can never touch what another one brought.
 */
export const receivingOn =
  ({ tenders, tenderFiles, clock }: Pick<TendersDeps, 'tenders' | 'tenderFiles' | 'clock'>) =>
  async (req: Request, tenderId: string, { name, decide, known }: Taking) => {
    const cause = causeOf(req, clock);
    const upload = idFrom(cause);
    const tender = (await tenders.look(tenderId)) ?? noTender;
    // An earlier version named it by its upload alone.
    const there = known(tender).find((one) => one.id === upload || one.id.startsWith(`${upload}-`));
    const id = there?.id ?? `${upload}-${randomBytes(9).toString('base64url')}`;
    // Asked before the bytes come in, with what is known of it: whoever may not add one need not send one.
    const barred = decide(tender, { id, name, type: '', size: 0, sha256: '' });
    if (isRefusal(barred)) return refuse(req, barred.refused, barred.detail);
    if (there && barred.length === 0)
      return (await isSameDocument({ name, content: req }, there))
        ? { status: 201 as const, body: asSent(there) }
        : commonProblem(req, 'key-used-for-another-request');

    const received = await tenderFiles.receive(tenderId, { id, name, content: req, at: clock() });
    if (typeof received === 'string') return refuse(req, received);
    const change = await tenders.change(
      tenderId,
      (found) => decide(found, received),
      ofBytes(cause, received.sha256),
      () => ({ status: 201 as const, body: received }),
    );
    const isNamed = 'state' in change && known(change.state).some((one) => one.id === id);
    await (isNamed ? tenderFiles.settled(id) : tenderFiles.delete(id));
    return answer(req, change);
  };

const asSent = ({ id, name, type, size, sha256 }: TenderDocument): Document =>
  documentSchema.parse({ id, name, type, size, sha256 });
