import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { useIntent } from '../forms/useIntent.ts';
import { expecting, expectingTagged, isStale } from './answers.ts';
import type { SendWanted } from './intent.ts';
import { tenders } from './platform.ts';

export const tenderKey = (id: string) => ['tenders', 'one', id] as const;
export const bidsKey = (id: string) => ['tenders', 'bids', id] as const;
export const myBidKey = (id: string) => ['tenders', 'my-bid', id] as const;

export const readTender = (id: string): Promise<TenderView> => expecting(200, tenders.get({ params: { id } }));
export const readTenderTagged = (id: string) => expectingTagged(200, tenders.get({ params: { id } }));

export const useTender = (id: string) => useQuery({ queryKey: tenderKey(id), queryFn: () => readTender(id) });

/** Shows a tender as it is now, and has the lists and its bids read anew. */
export const useTenderNews = (): ((tender: TenderView) => void) => {
  const queries = useQueryClient();
  return (tender) => {
    queries.setQueryData(tenderKey(tender.id), tender);
    for (const queryKey of [['tenders', 'list'], bidsKey(tender.id), myBidKey(tender.id)])
      void queries.invalidateQueries({ queryKey });
  };
};

/** Where something was refused because something else is there by now, that is read, so that it is seen what. */
export const useReadAnew = (id: string) => {
  const queries = useQueryClient();
  return <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    answer.catch((error: unknown) => {
      if (isStale(error)) for (const queryKey of [tenderKey(id), bidsKey(id)]) void queries.invalidateQueries({ queryKey });
      throw error;
    });
};

/** Something done to a tender that answers with the tender; it is sent once, however often it has to be sent. */
export const useTenderCommand = <Input>(send: SendWanted<Input, TenderView>, onDone?: (tender: TenderView) => void) => {
  const show = useTenderNews();
  return useIntent(send, (tender) => {
    show(tender);
    onDone?.(tender);
  });
};
