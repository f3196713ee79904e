import type { TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import { useAct } from '../sandbox/acting.ts';

/** Ends a report: it is signed as it is then, and counts as a verified reference. */
export const FinishReport = ({ report: { bookingId, findings } }: { readonly report: TestReportView }): ReactNode => {
  const { t } = useText('sandbox');
  const open = findings.filter(
    ({ status }) => status === 'new' || status === 'information-asked' || status === 'disputed',
  ).length;
  const finishing = useAct((id: string, headers) => expecting(200, sandbox.finishReport({ params: { id }, headers, body: {} })));
  return (
    <Card title={t('finish-report')}>
      <Form sending={finishing} onSubmit={() => finishing.mutate(bookingId)} action={t('sign-report')}>
        <p>{t('finish-detail')}</p>
        {open > 0 && <p className="note">{t('findings-wait', { count: open })}</p>}
      </Form>
    </Card>
  );
};
