import { useQueryClient } from '@tanstack/react-query';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting, Refused } from '../../api/answers.ts';
import { tenders } from '../../api/platform.ts';
import { tenderKey } from '../../api/tenders.ts';
import { Checkbox } from '../../forms/Choice.tsx';
import { useText } from '../../texts/useText.ts';

/** What following is offered with, since neither makes the firm be told of all that happens. */
type Along = 'bid' | 'question';

/**
 * The offer to follow a tender along with something else that is done to it: a request of its own before that, so that nothing tells one
 * by the other. It never holds up what it is offered with.
 */
export const useFollowAlong = (
  { id, following }: Pick<TenderView, 'id' | 'following'>,
  along: Along,
): { readonly offer: ReactNode; readonly follow: () => Promise<void> } => {
  const { t } = useText('tenders');
  const queries = useQueryClient();
  // Who follows is kept in the clear: that all who bid do by default would tell who bids.
  const [isWanted, setWanted] = useState(along === 'question');
  const isOffered = following === false;
  return {
    offer: isOffered && (
      <Checkbox
        name="follow"
        label={t(`follow-with-${along}`)}
        hint={t(`follow-with-${along}-hint`)}
        isChecked={isWanted}
        onChange={setWanted}
      />
    ),
    follow: async () => {
      if (!isOffered || !isWanted) return;
      try {
        await expecting(200, tenders.follow({ params: { id }, body: { follows: true } }));
      } catch (error) {
        if (error instanceof Refused) return;
        throw error;
      }
      queries.setQueryData<TenderView>(tenderKey(id), (tender) => tender && { ...tender, following: true });
    },
  };
};
