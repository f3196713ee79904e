import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { tenders } from '../../api/platform.ts';
import { useTenderCommand } from '../../api/tenders.ts';
import { ActionDialog } from '../../forms/ActionDialog.tsx';
import { useText } from '../../texts/useText.ts';
import { Reasoned } from './Reason.tsx';

/** What the buyer can do with its tender now. */
export const BuyerActions = ({ tender }: { readonly tender: TenderView }): ReactNode => {
  const { t } = useText('tenders');
  const { id, status } = tender;
  const params = { id };
  const cancelling = useTenderCommand((reason: string, key) =>
    expecting(200, tenders.cancel({ params, body: { reason }, headers: { 'idempotency-key': key } })),
  );
  const opening = useTenderCommand((_: null, key) =>
    expecting(200, tenders.openBids({ params, body: {}, headers: { 'idempotency-key': key } })),
  );
  const isEnded = status === 'awarded' || status === 'unsuccessful' || status === 'cancelled';
  const hasAward = tender.lots.some(({ award }) => award);
  return (
    <div className="actions">
      {status === 'draft' && (
        <a className="button main" href={`#/tenders/${id}/write`}>
          {t('go-on-writing')}
        </a>
      )}
      {status === 'published' && (
        <a className="button main" href={`#/tenders/${id}/write`}>
          {t('amend')}
        </a>
      )}
      {status === 'closed' && !tender.openingWaitsFor?.length && (
        <ActionDialog
          opener={t('open-bids')}
          isMain
          title={t('open-bids')}
          detail={<p>{t('open-bids-detail')}</p>}
          action={t('open-bids')}
          sending={opening}
          onSubmit={() => opening.mutate(null)}
        />
      )}
      {tender.bidsOpened !== undefined && (
        <a className="button main" href={`#/tenders/${id}/bids`}>
          {t('bids-and-ranking')}
        </a>
      )}
      {!isEnded && !hasAward && (
        <Reasoned
          opener={t(status === 'draft' ? 'drop-draft' : 'cancel-tender')}
          isDangerous
          title={t(status === 'draft' ? 'drop-draft-title' : 'cancel-title')}
          detail={
            <p>{t(status === 'draft' ? 'drop-draft-detail' : status === 'opened' ? 'cancel-opened-detail' : 'cancel-detail')}</p>
          }
          label={t('reason')}
          sending={cancelling}
          onSubmit={cancelling.mutate}
        />
      )}
    </div>
  );
};
