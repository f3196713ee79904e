import type { ImportedRelease, ImportResult } from '@umuhuza/contracts/tenders/schemas';
import { type CommandCause, idFrom } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import { readRelease, releasesIn } from './ocds/readRelease.ts';
import { createDraft } from './tender/createDraft.ts';
import type { Buyer } from './tender/tender.ts';
import type { TenderBook } from './tenderBook.ts';

type Deps = { readonly tenders: TenderBook; readonly clock: Clock };

/** What one request may bring: as much as is done well before a client's or the door's patience ends. */
export const mostReleases = 500;

/**
 * Makes a draft of each release. Its id comes from the organisation and the ocid, so that importing again finds what is there. A
 * release that cannot be read is refused on its own; the others go on.
 */
export const importReleases = async (
  { tenders, clock }: Deps,
  input: unknown,
  { buyer, cause }: { readonly buyer: Buyer; readonly cause: CommandCause },
): Promise<ImportResult | 'not-ocds' | 'too-many-releases' | 'key-reused'> => {
  const found = releasesIn(input);
  if (!found) return 'not-ocds';
  if (found.length > mostReleases) return 'too-many-releases';
  const releases: ImportedRelease[] = [];
  for (const [index, release] of found.entries()) {
    const imported = await importOne(release, index);
    if (imported === 'key-reused') return imported;
    releases.push(imported);
  }
  const count = (outcome: ImportedRelease['outcome']) => releases.filter((release) => release.outcome === outcome).length;
  return { created: count('created'), alreadyThere: count('already-there'), refused: count('refused'), releases };

  async function importOne(release: unknown, index: number): Promise<ImportedRelease | 'key-reused'> {
    const read = readRelease(release, clock());
    if ('refused' in read) return refused(index, 'not-ocds', read.refused, read.ocid);
    const { ocid, releaseId, terms, unmapped, notes } = read;
    const tenderId = idFrom({ id: `import/${buyer.organisationId}/${ocid}` });
    let isNew = false;
    const change = await tenders.change(
      tenderId,
      (tender) => {
        isNew = tender.status === 'absent';
        return createDraft(tender, {
          tenderId,
          ocid: `ocds-umuhuza-${tenderId}`,
          buyer,
          terms,
          importedFrom: { ocid, ...(releaseId === undefined ? {} : { releaseId }) },
          at: clock(),
        });
      },
      cause,
      (): { status: 200; body: ImportedRelease } => ({
        status: 200,
        body: {
          index,
          ocid,
          outcome: isNew ? 'created' : 'already-there',
          tenderId,
          title: terms.title,
          unmapped: isNew ? unmapped : [],
          notes: isNew ? notes : [],
        },
      }),
    );
    switch (change.outcome) {
      case 'done':
        return change.answer.body;
      case 'repeated':
        return { ...change.answer.body, index };
      case 'refused':
        return refused(index, change.refused, change.detail ?? 'The notice contradicts itself; see the type.', ocid);
      case 'key-reused':
        return 'key-reused';
    }
  }
};

const refused = (index: number, type: string, detail: string, ocid: string | undefined): ImportedRelease => ({
  index,
  ...(ocid === undefined ? {} : { ocid }),
  outcome: 'refused',
  unmapped: [],
  notes: [],
  refusal: { type: `/problems/${type}`, detail },
});
