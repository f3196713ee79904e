import type { Document } from '@umuhuza/contracts/documents';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { ReactNode } from 'react';
import { expecting } from '../../../api/answers.ts';
import { addressOf } from '../../../api/client.ts';
import { saveFile, sendFile } from '../../../api/files.ts';
import { tenders } from '../../../api/platform.ts';
import { Uploads } from '../../../forms/Uploads.tsx';
import { mostDocuments, mostUploadBytes } from '../../../limits.ts';
import { useText } from '../../../texts/useText.ts';
import type { BidFields } from './bidFields.ts';
import type { BidStepProps } from './stepProps.ts';

type BidDocumentsStepProps = BidStepProps & {
  readonly save: () => Promise<boolean>;
  /** What the form holds by the time an upload has come through. */
  readonly valuesNow: () => BidFields;
};

/** Documents are sealed like the bid; the bid names those it is handed in with. */
export const BidDocumentsStep = ({ tender, values, set, save, valuesNow }: BidDocumentsStepProps): ReactNode => {
  const { t } = useText('tenders');
  const { id } = tender;
  return (
    <Uploads
      label={t('documents')}
      hint={t('bid-documents-hint')}
      documents={values.documents}
      most={mostDocuments.bid}
      mostBytes={mostUploadBytes}
      send={async (file, key, onProgress, signal) => {
        const address = addressOf(tendersApi.addBidDocument, { params: { id }, query: { name: file.name } });
        const document = await sendFile<Document>({ address, file, key, onProgress, signal });
        set({ documents: [...valuesNow().documents.filter(({ id: known }) => known !== document.id), document] });
      }}
      remove={async ({ id: documentId }) => {
        set({ documents: valuesNow().documents.filter((each) => each.id !== documentId) });
        if (!(await save())) return;
        const answer = await tenders.removeBidDocument({ params: { id, documentId } });
        // A bid that was handed in with it keeps it until it is handed in anew.
        if (answer.status !== 409) await expecting(204, Promise.resolve(answer));
      }}
      save={({ id: documentId, name }) => saveFile(addressOf(tendersApi.myBidDocument, { params: { id, documentId } }), name)}
    />
  );
};
