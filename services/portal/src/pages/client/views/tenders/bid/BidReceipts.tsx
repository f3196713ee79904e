import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MyBid, TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { myBidKey } from '../../../api/tenders.ts';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import { useIntent } from '../../../forms/useIntent.ts';
import { Failure } from '../../../parts/Failure.tsx';
import { useText } from '../../../texts/useText.ts';
import { HowToVerify } from './Receipt.tsx';
import { saveContent, saveReceipt } from './receipts.ts';

type BidReceiptsProps = {
  readonly tender: TenderView;
  readonly bid: MyBid;
  readonly etag: string | undefined;
  readonly isOpen: boolean;
  /** It is withdrawn: soon there is no bid any more to show. */
  readonly onWithdrawn: () => void;
};

/** The receipt for the bid, and the way to withdraw it, which gives a receipt too. */
export const BidReceipts = ({ tender, bid, etag, isOpen, onWithdrawn }: BidReceiptsProps): ReactNode => {
  const { t } = useText('tenders');
  const queries = useQueryClient();
  const { id } = tender;
  const fetching = useMutation({
    mutationFn: async () => saveReceipt(await expecting(200, tenders.receipt({ params: { id } })), 'bid'),
  });
  const withdrawing = useIntent(
    (_: null, key) =>
      expecting(200, tenders.withdrawBid({ params: { id }, headers: { 'idempotency-key': key, 'if-match': etag } })),
    async (receipt) => {
      saveReceipt(receipt, 'withdrawal');
      onWithdrawn();
      await queries.invalidateQueries({ queryKey: myBidKey(id) });
    },
  );
  return (
    <>
      <p className="actions">
        {bid.content && (
          <>
            <button type="button" disabled={fetching.isPending} onClick={() => fetching.mutate()}>
              {t('save-receipt')}
            </button>
            <button type="button" onClick={() => saveContent(bid.content, id, bid.version)}>
              {t('save-bid-content')}
            </button>
          </>
        )}
        {isOpen && (
          <ActionDialog
            opener={t('withdraw-bid')}
            isDangerous
            title={t('withdraw-title')}
            detail={<p>{t('withdraw-detail')}</p>}
            action={t('withdraw-bid')}
            sending={withdrawing}
            onSubmit={() => withdrawing.mutate(null)}
          />
        )}
      </p>
      {fetching.isError && <Failure error={fetching.error} />}
      {bid.content && <HowToVerify />}
    </>
  );
};
