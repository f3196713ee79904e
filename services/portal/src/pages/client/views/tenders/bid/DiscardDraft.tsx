import { useQueryClient } from '@tanstack/react-query';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import type { Autosave } from '../../../forms/autosave.ts';
import { useIntent } from '../../../forms/useIntent.ts';
import { useText } from '../../../texts/useText.ts';
import { type BidFields, fieldsOf } from './bidFields.ts';
import { type BidAtHand, ifThere, noteAtHand } from './readBid.ts';

type DiscardDraftProps = {
  readonly tenderId: string;
  readonly company: Membership;
  /** The bid that was handed in: it stays. */
  readonly bid: BidAtHand['bid'];
  readonly autosave: Autosave<BidFields>;
};

/** Throws away what was prepared and not handed in. */
export const DiscardDraft = ({ tenderId: id, company, bid, autosave }: DiscardDraftProps): ReactNode => {
  const { t } = useText('tenders');
  const queries = useQueryClient();
  const discarding = useIntent(
    // A second try after a lost answer may find it gone: that is what was wanted.
    (_: null) =>
      ifThere(
        'no-draft',
        expecting(204, tenders.discardBidDraft({ params: { id }, headers: { 'if-match': autosave.state().read.etag } })),
      ),
    () => {
      autosave.settle({ fields: fieldsOf(bid?.value.content), etag: undefined });
      noteAtHand(queries, company, id, { draft: undefined });
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
