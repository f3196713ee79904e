import { useMutation } from '@tanstack/react-query';
import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { TestReportView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { addressOf } from '../../api/client.ts';
import { saveFile } from '../../api/files.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useText } from '../../texts/useText.ts';
import { sizeInWords } from '../../times.ts';

/** The files that show what was found, each with the SHA-256 by which it can be known again. */
export const EvidenceList = ({ report: { bookingId, evidence, findings } }: { readonly report: TestReportView }): ReactNode => {
  const { t, language } = useText('sandbox');
  const saving = useMutation({
    mutationFn: ({ sha256, name }: { readonly sha256: string; readonly name: string }) =>
      saveFile(addressOf(sandboxApi.evidence, { params: { id: bookingId, sha256 } }), name),
  });
  return (
    <>
      <ul className="list">
        {evidence.map(({ sha256, name, bytes, findingId }) => (
          <li key={sha256}>
            <div className="line-head">
              <button
                type="button"
                className="plain file"
                disabled={saving.isPending}
                onClick={() => saving.mutate({ sha256, name })}
              >
                {name}
              </button>
              <span className="quiet">{sizeInWords(bytes, language)}</span>
            </div>
            {findingId && (
              <p className="quiet">{t('shows', { finding: findings.find((one) => one.findingId === findingId)?.title ?? '' })}</p>
            )}
            <p className="hint fingerprint">SHA-256: {sha256}</p>
          </li>
        ))}
      </ul>
      {saving.isError && <Failure error={saving.error} />}
    </>
  );
};
