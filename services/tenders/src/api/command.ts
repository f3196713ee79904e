import type { Decision } from '@umuhuza/eventing/decision';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Request } from 'express';
import type { TenderRefusal } from '../tender/refusals.ts';
import type { Tender, TenderFact } from '../tender/tender.ts';
import { toTenderView } from '../views.ts';
import type { TendersDeps } from './deps.ts';
import { answer } from './problems.ts';

export const viewsOn =
  ({ askers }: Pick<TendersDeps, 'askers'>) =>
  (organisation: string, names?: ReadonlyMap<string, string>) =>
  (tender: Tender) => {
    if (tender.status === 'absent') throw new Error('a tender that is not there has no view');
    return toTenderView(tender, organisation, askers.markOf(tender.tenderId, organisation), names);
  };

/** A command on a tender, answered with the caller's view of what became of it. */
export const commandsOn =
  ({ tenders, clock, askers }: Pick<TendersDeps, 'tenders' | 'clock' | 'askers'>) =>
  async (req: Request, id: string, decide: (tender: Tender) => Decision<TenderFact, TenderRefusal>) => {
    const view = viewsOn({ askers })(memberOf(req).organisation);
    const change = await tenders.change(id, decide, causeOf(req, clock), (tender) => ({
      status: 200 as const,
      body: view(tender),
    }));
    return answer(req, change);
  };
