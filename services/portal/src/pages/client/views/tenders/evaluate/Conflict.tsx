import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useTenderCommand } from '../../../api/tenders.ts';
import { useText } from '../../../texts/useText.ts';
import { Reasoned } from '../Reason.tsx';

/** Who has a conflict of interest with a bid says so, and judges neither it nor its rivals. */
export const Conflict = ({ tender, bidId }: { readonly tender: TenderView; readonly bidId: string }): ReactNode => {
  const { t } = useText('tenders');
  const declaring = useTenderCommand((reason: string, key) =>
    expecting(
      200,
      tenders.declareConflict({
        params: { id: tender.id },
        body: { bidId, reason },
        headers: { 'idempotency-key': key },
      }),
    ),
  );
  return (
    <Reasoned
      opener={t('declare-conflict')}
      isDangerous
      title={t('declare-conflict')}
      detail={<p>{t('declare-conflict-detail')}</p>}
      label={t('reason')}
      sending={declaring}
      onSubmit={declaring.mutate}
    />
  );
};
