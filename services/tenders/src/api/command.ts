import type { StaleVersion } from '@umuhuza/eventing/book';
import { type Decision, isRefused } from '@umuhuza/eventing/decision';
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

type Decide = Decision<TenderFact, TenderRefusal | StaleVersion>;

/** Refuses what would change something that is another by now than the one it was decided upon. */
export const unlessStale = (isStale: boolean, decision: Decide): Decide =>
  isStale && !isRefused(decision) && decision.length > 0 ? { refused: 'stale-version' } : decision;

/** A command on a tender, answered with the caller's view of what became of it. */
export const commandsOn =
  ({ tenders, clock, askers }: Pick<TendersDeps, 'tenders' | 'clock' | 'askers'>) =>
  async (req: Request, id: string, decide: (tender: Tender) => Decide) => {
    const view = viewsOn({ askers })(memberOf(req).organisation);
    const change = await tenders.change(id, decide, causeOf(req, clock), (tender) => ({
      status: 200 as const,
      body: view(tender),
    }));
    return answer(req, change);
  };
