import type { RankedBid, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useTenderCommand } from '../../../api/tenders.ts';
import { ActionDialog } from '../../../forms/ActionDialog.tsx';
import { TextArea } from '../../../forms/TextArea.tsx';
import { useText } from '../../../texts/useText.ts';
import { inMoney, inPoints } from '../../../times.ts';

type AwardProps = { readonly tender: TenderView; readonly lotId: string; readonly first: RankedBid };

/** A lot goes to the first in its ranking; everybody who bid for it gets an answer. */
export const Award = ({ tender, lotId, first }: AwardProps): ReactNode => {
  const { t, language } = useText('tenders');
  const [reason, setReason] = useState('');
  const name = first.bidder.name ?? first.bidder.organisationId;
  const awarding = useTenderCommand((body: { readonly reason?: string }, key) =>
    expecting(
      200,
      tenders.award({
        params: { id: tender.id },
        body: { lotId, bidId: first.bidId, ...body },
        headers: { 'idempotency-key': key },
      }),
    ),
  );
  return (
    <ActionDialog
      opener={t('award-to', { name })}
      isMain
      title={t('award-to', { name })}
      detail={
        <p>
          {t('award-detail', {
            value: inMoney(first.price, language),
            points: inPoints(first.points, language),
            count: tender.standstillDays,
          })}
        </p>
      }
      action={t('award')}
      sending={awarding}
      onSubmit={() => awarding.mutate(reason.trim() === '' ? {} : { reason })}
    >
      <TextArea
        name="reason"
        label={t('reason')}
        hint={t('award-reason-hint')}
        isOptional
        maxLength={2_000}
        value={reason}
        error={awarding.error}
        onChange={setReason}
      />
    </ActionDialog>
  );
};
