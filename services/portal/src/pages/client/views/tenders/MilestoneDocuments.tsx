import { useQueryClient } from '@tanstack/react-query';
import type { Document } from '@umuhuza/contracts/documents';
import { tendersApi } from '@umuhuza/contracts/tenders/api';
import type { ContractView } from '@umuhuza/contracts/tenders/award';
import type { TenderView } from '@umuhuza/contracts/tenders/schemas';
import type { ReactNode } from 'react';
import { addressOf } from '../../api/client.ts';
import { sendFile } from '../../api/files.ts';
import { tenderKey } from '../../api/tenders.ts';
import { Uploads } from '../../forms/Uploads.tsx';
import { mostDocuments, mostUploadBytes } from '../../limits.ts';
import { Documents } from '../../parts/Documents.tsx';
import { useText } from '../../texts/useText.ts';

type MilestoneDocumentsProps = {
  readonly tender: TenderView;
  readonly lotId: string;
  readonly milestone: NonNullable<ContractView['milestones']>[number];
  /** The contract is under way. */
  readonly isOpen: boolean;
};

/** What was delivered, and how it was accepted. What the other side has relied on stays, so nothing is taken away. */
export const MilestoneDocuments = ({ tender, lotId, milestone, isOpen }: MilestoneDocumentsProps): ReactNode => {
  const { t } = useText('tenders');
  const queries = useQueryClient();
  const { id: milestoneId, documents = [], signedOff } = milestone;
  const params = { id: tender.id, lotId, milestoneId };
  const mayAdd =
    isOpen && (signedOff.buyer === undefined || signedOff.supplier === undefined) && documents.length < mostDocuments.milestone;
  return (
    <>
      {documents.length > 0 && (
        <Documents
          documents={documents}
          addressFor={(documentId) => addressOf(tendersApi.milestoneDocument, { params: { ...params, documentId } })}
        />
      )}
      {mayAdd && (
        <Uploads
          label={t('milestone-documents', { milestone: milestone.title })}
          hint={t('milestone-documents-hint')}
          documents={[]}
          most={mostDocuments.milestone - documents.length}
          mostBytes={mostUploadBytes}
          send={async (file, key, onProgress, signal) => {
            const address = addressOf(tendersApi.addMilestoneDocument, { params, query: { name: file.name } });
            await sendFile<Document>({ address, file, key, onProgress, signal });
            await queries.invalidateQueries({ queryKey: tenderKey(tender.id) });
          }}
        />
      )}
    </>
  );
};
