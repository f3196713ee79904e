import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useTenderCommand } from '../../../api/tenders.ts';
import { Select } from '../../../forms/Choice.tsx';
import { useText } from '../../../texts/useText.ts';
import { Reasoned } from '../Reason.tsx';

const codes = [
  'must-have-not-met',
  'incomplete',
  'not-as-asked',
  'abnormally-low-price',
  'conflict-of-interest',
  'false-statement',
  'other',
] as const;

/** Takes a bid out of the running, for one of the known grounds and with a reason that its bidder reads. */
export const Disqualify = ({ tender, bidId }: { readonly tender: TenderView; readonly bidId: string }): ReactNode => {
  const { t } = useText('tenders');
  const [code, setCode] = useState<(typeof codes)[number]>();
  const disqualifying = useTenderCommand((body: { readonly code: (typeof codes)[number]; readonly reason: string }, key) =>
    expecting(
      200,
      tenders.disqualify({
        params: { id: tender.id },
        body: { bidId, ...body },
        headers: { 'idempotency-key': key },
      }),
    ),
  );
  return (
    <Reasoned
      opener={t('disqualify')}
      isDangerous
      title={t('disqualify-title')}
      detail={<p>{t('disqualify-detail')}</p>}
      label={t('reason')}
      sending={disqualifying}
      onSubmit={(reason) => code && disqualifying.mutate({ code, reason })}
    >
      <Select
        name="code"
        label={t('ground')}
        options={codes.map((each) => ({ value: each, label: t(`disqualified-${each}`) }))}
        value={code}
        error={disqualifying.error}
        onChange={setCode}
      />
    </Reasoned>
  );
};
