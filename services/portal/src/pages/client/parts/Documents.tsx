import { useMutation } from '@tanstack/react-query';
import type { Document } from '@umuhuza/contracts/documents';
import type { ReactNode } from 'react';
import { saveFile } from '../api/files.ts';
import { DocumentLine } from './DocumentLine.tsx';
import { Failure } from './Failure.tsx';

type DocumentsProps = { readonly documents: readonly Document[]; readonly addressFor: (id: string) => string };

/** Documents to be saved. */
export const Documents = ({ documents, addressFor }: DocumentsProps): ReactNode => {
  const saving = useMutation({ mutationFn: ({ id, name }: Document) => saveFile(addressFor(id), name) });
  return (
    <>
      <ul className="list">
        {documents.map((document) => (
          <DocumentLine key={document.id} document={document} isBusy={saving.isPending} onSave={() => saving.mutate(document)} />
        ))}
      </ul>
      {saving.isError && <Failure error={saving.error} />}
    </>
  );
};
