import type { EnvironmentView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { expecting } from '../../api/answers.ts';
import { sandbox } from '../../api/platform.ts';
import { Form } from '../../forms/Form.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { useText } from '../../texts/useText.ts';
import { useAct } from '../sandbox/acting.ts';
import { ReasonField } from '../sandbox/ReasonField.tsx';

/** Takes no more slots, or takes them again; those that are open stay as they are. */
export const CloseEnvironment = ({
  environment: { environmentId, status },
}: {
  readonly environment: EnvironmentView;
}): ReactNode => {
  const { t } = useText('sandbox');
  return (
    <Card title={t('environment-life')}>
      {status === 'open' ? (
        <details className="weighty">
          <summary>{t('close-environment')}</summary>
          <Close id={environmentId} />
        </details>
      ) : (
        <Reopen id={environmentId} />
      )}
    </Card>
  );
};

const Close = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('sandbox');
  const [reason, setReason] = useState('');
  const closing = useAct((body: { readonly reason: string }, headers) =>
    expecting(200, sandbox.closeEnvironment({ params: { id }, headers, body })),
  );
  return (
    <Form sending={closing} onSubmit={() => closing.mutate({ reason })} action={t('close-environment')} isDangerous>
      <p>{t('close-environment-detail')}</p>
      <ReasonField value={reason} error={closing.error} onChange={setReason} />
    </Form>
  );
};

const Reopen = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useText('sandbox');
  const reopening = useAct((environmentId: string, headers) =>
    expecting(200, sandbox.reopenEnvironment({ params: { id: environmentId }, headers, body: {} })),
  );
  return (
    <>
      <button type="button" disabled={reopening.isPending} onClick={() => reopening.mutate(id)}>
        {t('reopen-environment')}
      </button>
      {reopening.isError && <Failure error={reopening.error} />}
    </>
  );
};
