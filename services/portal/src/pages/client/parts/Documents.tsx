import { useMutation } from '@tanstack/react-query';
import type { Document } from '@umuhuza/contracts/documents';
import type { ReactNode } from 'react';
import { saveFile } from '../api/files.ts';
import { useText } from '../texts/useText.ts';
import { sizeInWords } from '../times.ts';
import { Failure } from './Failure.tsx';

type DocumentsProps = { readonly documents: readonly Document[]; readonly addressFor: (id: string) => string };

/** Documents to be saved. */
export const Documents = ({ documents, addressFor }: DocumentsProps): ReactNode => {
  const { language } = useText();
  const saving = useMutation({ mutationFn: ({ id, name }: Document) => saveFile(addressFor(id), name) });
  return (
    <>
      <ul className="list">
        {documents.map((document) => (
          <li key={document.id}>
            <div className="line-head whole">
              <button type="button" className="plain file" disabled={saving.isPending} onClick={() => saving.mutate(document)}>
                {document.name}
              </button>
              <span className="quiet">{sizeInWords(document.size, language)}</span>
            </div>
          </li>
        ))}
      </ul>
      {saving.isError && <Failure error={saving.error} />}
    </>
  );
};
