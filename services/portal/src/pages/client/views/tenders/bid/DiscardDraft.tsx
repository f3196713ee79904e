import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import type { Autosave } from '../../../forms/autosave.ts';
import { useIntent } from '../../../forms/useIntent.ts';
import { useText } from '../../../texts/useText.ts';
import { type BidFields, fieldsOf } from './bidFields.ts';
import { type BidAtHand, bidAtHandKey } from './readBid.ts';

type DiscardDraftProps = {
  readonly tenderId: string;
  /** The bid that was handed in: it stays. */
  readonly bid: BidAtHand['bid'];
  readonly autosave: Autosave<BidFields>;
};

/** Throws away what was prepared and not handed in. */
export const DiscardDraft = ({ tenderId: id, bid, autosave }: DiscardDraftProps): ReactNode => {
  const { t } = useText('tenders');
  const queries = useQueryClient();
  const discarding = useIntent(
    (_: null) => expecting(204, tenders.discardBidDraft({ params: { id }, headers: { 'if-match': autosave.state().read.etag } })),
    () => {
      autosave.settle({ fields: fieldsOf(bid?.value.content), etag: undefined });
      queries.setQueryData<BidAtHand>(bidAtHandKey(id), (known) => known && { ...known, draft: undefined });
      queries.setQueryData(['tenders', 'bid-draft', id], null);
      location.hash = `#/tenders/${id}`;
    },
  );
  return (
    <ActionDialog
      opener={t('discard-bid-draft')}
      isPlain
      isDangerous
      title={t('discard-bid-draft-title')}
      detail={<p>{t(bid ? 'discard-bid-draft-bid-stays' : 'discard-bid-draft-detail')}</p>}
      action={t('discard-bid-draft')}
      sending={discarding}
      onSubmit={() => discarding.mutate(null)}
    />
  );
};
