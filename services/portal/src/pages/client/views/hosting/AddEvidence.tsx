import { useMutation } from '@tanstack/react-query';
import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import { type ReactNode, useState } from 'react';
import { addressOf } from '../../api/client.ts';
import { sendFile } from '../../api/files.ts';
import { Select } from '../../forms/Choice.tsx';
import { Uploads } from '../../forms/Uploads.tsx';
import { mostDocuments } from '../../limits.ts';
import { sha256Of } from '../../sandbox/digest.ts';
import { useText } from '../../texts/useText.ts';
import { useReadAnew } from '../sandbox/acting.ts';

const mostBytes = 5 * 1024 * 1024;

/** Shows a file. Its fingerprint is worked out here before it leaves the device, and compared with what the platform kept. */
export const AddEvidence = ({ report }: { readonly report: TestReportView }): ReactNode => {
  const { t } = useText('sandbox');
  const { bookingId, findings, evidence } = report;
  const [findingId, setFindingId] = useState('');
  const [fingerprint, setFingerprint] = useState<'same' | 'other' | undefined>();
  const readAnew = useReadAnew();
  const sending = useMutation({
    mutationFn: async ({ file, key, onProgress, signal }: Sent) => {
      setFingerprint(undefined);
      const here = await sha256Of(file);
      const query = { name: file.name.slice(0, 160), ...(findingId === '' ? {} : { findingId }) };
      const address = addressOf(sandboxApi.addEvidence, { params: { id: bookingId }, query });
      const kept = await sendFile<TestReportView>({ address, file, key, onProgress, signal });
      if (here !== undefined) setFingerprint(kept.evidence.some(({ sha256 }) => sha256 === here) ? 'same' : 'other');
      await readAnew();
    },
  });
  return (
    <>
      {findings.length > 0 && (
        <Select
          name="findingId"
          label={t('evidence-for')}
          options={[
            { value: '', label: t('whole-report') },
            ...findings.map((one) => ({ value: one.findingId, label: one.title })),
          ]}
          value={findingId}
          isOptional
          onChange={setFindingId}
        />
      )}
      <Uploads
        label={t('add-evidence')}
        hint={t('add-evidence-hint')}
        documents={[]}
        most={mostDocuments.report - evidence.length}
        mostBytes={mostBytes}
        send={(file, key, onProgress, signal) => sending.mutateAsync({ file, key, onProgress, signal })}
      />
      <p role="status" className={fingerprint === undefined ? 'unseen' : fingerprint === 'same' ? 'award' : 'issue'}>
        {fingerprint ? t(`fingerprint-${fingerprint}`) : ''}
      </p>
    </>
  );
};

type Sent = {
  readonly file: File;
  readonly key: string;
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
};
