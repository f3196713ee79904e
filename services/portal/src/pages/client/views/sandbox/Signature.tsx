import { useMutation } from '@tanstack/react-query';
import type { TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { giveToSave } from '../../api/files.ts';
import { sandbox } from '../../api/platform.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { BothClocks } from '../../parts/Times.tsx';
import { verifyReport } from '../../sandbox/verifyReport.ts';
import { useText } from '../../texts/useText.ts';

/** What makes a finished report one that cannot be changed unnoticed; checked on the reader’s own device. */
export const Signature = ({ report }: { readonly report: TestReportView }): ReactNode => {
  const { t } = useText('sandbox');
  const checking = useMutation({
    mutationFn: async () => verifyReport(report, await expecting(200, sandbox.reportKeys())),
  });
  const { finished } = report;
  if (!finished) return null;
  return (
    <Card title={t('signature')}>
      <p>
        {t('signed-at')} <BothClocks instant={finished.at} />
      </p>
      <p className="quiet">{t('signature-detail')}</p>
      <p className="hint fingerprint">SHA-256: {finished.digest}</p>
      <div className="actions">
        <button type="button" disabled={checking.isPending} onClick={() => checking.mutate()}>
          {t('check-signature')}
        </button>
        <button
          type="button"
          onClick={() =>
            giveToSave(
              new Blob([JSON.stringify(report, undefined, 2)], { type: 'application/json' }),
              `report-${report.bookingId}.json`,
            )
          }
        >
          {t('save-signed-report')}
        </button>
      </div>
      <p role="status" className={checking.data === 'genuine' ? 'award' : checking.data ? 'issue' : 'unseen'}>
        {checking.data ? t(`verdict-${checking.data}`) : ''}
      </p>
      {checking.isError && <Failure error={checking.error} />}
      <p className="hint">
        <a href="/api/sandbox/jwks">{t('signing-keys')}</a>
      </p>
    </Card>
  );
};
