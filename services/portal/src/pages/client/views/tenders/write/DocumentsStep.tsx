import type { Document } from '@umuhuza/contracts/documents';
import type { Membership } from '@umuhuza/contracts/identity/schemas';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { addressOf } from '../../../api/client.ts';
import { saveFile, sendFile } from '../../../api/files.ts';
import { tenders } from '../../../api/platform.ts';
import { Uploads } from '../../../forms/Uploads.tsx';
import { mostDocuments, mostUploadBytes } from '../../../limits.ts';
import { useText } from '../../../texts/useText.ts';
import { type Said, useReasonFor } from './useReasonFor.tsx';

type DocumentsStepProps = {
  readonly tender: TenderView;
  readonly company: Membership;
  /** The tender is another one now, and has another ETag. */
  readonly onChanged: () => Promise<void>;
};

/** Documents are stored as soon as they are chosen; with a published tender each is an amendment of its own. */
export const DocumentsStep = ({ tender, company, onChanged }: DocumentsStepProps): ReactNode => {
  const { t } = useText('tenders');
  const { id, documents, status } = tender;
  const { dialog, reasonFor } = useReasonFor({
    deadline: tender.deadline,
    city: company.country === 'RW' ? 'Kigali' : 'Berlin',
  });
  /** What is said with it; a draft's documents are nobody's business yet. */
  const because = async (title: string, uploadKey?: string): Promise<Partial<Said>> =>
    status === 'draft' ? {} : reasonFor(title, uploadKey);
  return (
    <>
      {status !== 'draft' && <p className="note">{t('documents-amend')}</p>}
      <Uploads
        label={t('documents')}
        hint={t('documents-hint')}
        documents={documents}
        most={mostDocuments.tender}
        mostBytes={mostUploadBytes}
        send={async (file, key, onProgress, signal) => {
          const address = addressOf(tendersApi.addDocument, {
            params: { id },
            query: { name: file.name, ...(await because(t('add-document-title', { name: file.name }), key)) },
          });
          await sendFile<Document>({ address, file, key, onProgress, signal });
          await onChanged();
        }}
        remove={async ({ id: documentId, name }) => {
          const query = await because(t('remove-document-title', { name }));
          await expecting(204, tenders.removeDocument({ params: { id, documentId }, query }));
          await onChanged();
        }}
        save={({ id: documentId, name }) => saveFile(addressOf(tendersApi.document, { params: { id, documentId } }), name)}
      />
      {dialog}
    </>
  );
};
