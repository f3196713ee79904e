import type { Document } from '@umuhuza/contracts/documents';
import { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { EnvironmentView } from '@umuhuza/contracts/sandbox/schemas';
import type { ReactNode } from 'react';
import { expecting } from '../../api/answers.ts';
import { addressOf } from '../../api/client.ts';
import { saveFile, sendFile } from '../../api/files.ts';
import { sandbox } from '../../api/platform.ts';
import { Uploads } from '../../forms/Uploads.tsx';
import { mostDocuments, mostUploadBytes } from '../../limits.ts';
import { Card } from '../../parts/Card.tsx';
import { useText } from '../../texts/useText.ts';
import { useReadAnew } from '../sandbox/acting.ts';

/** The host's documents of its test environment, stored as soon as they are chosen. */
export const EnvironmentDocuments = ({
  environment: { environmentId: id, uploads },
}: {
  readonly environment: EnvironmentView;
}): ReactNode => {
  const { t } = useText('sandbox');
  const readAnew = useReadAnew();
  return (
    <Card title={t('documents')}>
      <Uploads
        label={t('uploads')}
        hint={t('uploads-hint')}
        documents={uploads}
        most={mostDocuments.environment}
        mostBytes={mostUploadBytes}
        send={async (file, key, onProgress, signal) => {
          const address = addressOf(sandboxApi.addEnvironmentDocument, { params: { id }, query: { name: file.name } });
          await sendFile<Document>({ address, file, key, onProgress, signal });
          await readAnew();
        }}
        remove={async ({ id: documentId }) => {
          await expecting(204, sandbox.removeEnvironmentDocument({ params: { id, documentId } }));
          await readAnew();
        }}
        save={({ id: documentId, name }) =>
          saveFile(addressOf(sandboxApi.environmentDocument, { params: { id, documentId } }), name)
        }
      />
    </Card>
  );
};
