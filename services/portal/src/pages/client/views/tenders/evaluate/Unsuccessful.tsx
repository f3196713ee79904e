import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../../api/answers.ts';
import { tenders } from '../../../api/platform.ts';
import { useTenderCommand } from '../../../api/tenders.ts';
import { Select } from '../../../forms/Choice.tsx';
import { useText } from '../../../texts/useText.ts';
import { Reasoned } from '../Reason.tsx';

const codes = [
  'no-valid-bid',
  'none-suitable',
  'over-budget',
  'need-changed',
  'winner-refused',
  'procedural-error',
  'other',
] as const;

/** Nobody gets the lot, for one of the known grounds and with a reason. */
export const Unsuccessful = ({ tender, lotId }: { readonly tender: TenderView; readonly lotId: string }): ReactNode => {
  const { t } = useText('tenders');
  const [code, setCode] = useState<(typeof codes)[number]>();
  const declaring = useTenderCommand((body: { readonly code: (typeof codes)[number]; readonly reason: string }, key) =>
    expecting(
      200,
      tenders.declareUnsuccessful({
        params: { id: tender.id },
        body: { lotId, ...body },
        headers: { 'idempotency-key': key },
      }),
    ),
  );
  return (
    <Reasoned
      opener={t('declare-unsuccessful')}
      isDangerous
      title={t('declare-unsuccessful-title')}
      detail={<p>{t('declare-unsuccessful-detail')}</p>}
      label={t('reason')}
      sending={declaring}
      onSubmit={(reason) => code && declaring.mutate({ code, reason })}
    >
      <Select
        name="code"
        label={t('ground')}
        options={codes.map((each) => ({ value: each, label: t(`unsuccessful-${each}`) }))}
        value={code}
        error={declaring.error}
        onChange={setCode}
      />
    </Reasoned>
  );
};
