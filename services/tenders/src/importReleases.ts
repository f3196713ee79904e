import type { ImportedRelease, ImportResult } from '@umuhuza/contracts/tenders/schemas';
import { type CommandCause, idFrom } from '@umuhuza/eventing/cause';
import type { Clock } from '@umuhuza/service/clock';
import type { CpvVocabulary } from './cpv/vocabulary.ts';
import { besideReleases, processesIn } from './ocds/processes.ts';
import { readRelease, releasesIn } from './ocds/readRelease.ts';
import { createDraft } from './tender/createDraft.ts';
import type { Buyer, Tender } from './tender/tender.ts';
import type { TenderBook } from './tenderBook.ts';

type Deps = { readonly tenders: TenderBook; readonly cpv: Pick<CpvVocabulary, 'named'>; readonly clock: Clock };

/** What one request may bring: as much as is done well before a client's or the door's patience ends. */
export const mostReleases = 500;

/**
 * Makes a draft of each process, of all its releases that are given here. Its id comes from the organisation and the ocid, so that importing
 * again finds what is there. A release that cannot be read is refused on its own; the others go on.
 */
export const importReleases = async (
  { tenders, cpv, clock }: Deps,
  input: unknown,
  { buyer, cause }: { readonly buyer: Buyer; readonly cause: CommandCause },
): Promise<ImportResult | 'not-ocds' | 'too-many-releases' | 'key-reused'> => {
  // The request is remembered by itself, where no tender will ever be: another one under its key makes no drafts beside those of the first.
  // When it is repeated the notices are read as of the first time.
  const request = await tenders.change(
    idFrom(cause, 'import'),
    () => [],
    cause,
    () => ({ status: 200 as const, body: clock() }),
  );
  if (request.outcome === 'key-reused') return 'key-reused';
  const at = request.outcome === 'refused' ? clock() : request.answer.body;
  const found = releasesIn(input);
  if (!found) return 'not-ocds';
  if (found.length > mostReleases) return 'too-many-releases';
  const releases: ImportedRelease[] = [];
  for (const { release, places } of processesIn(found)) {
    const [first = 0, ...others] = places;
    const imported = await importOne(release, first, places.length);
    if (imported === 'key-reused') return imported;
    if (others.length > 0 && imported.outcome === 'refused') {
      // Together they make no draft; by itself one of them may, and then it is the one that did.
      let made: ImportedRelease | undefined;
      for (const place of places) {
        const alone = made ? besideDraft(made, place) : await importOne(found[place], place, 1);
        if (alone === 'key-reused') return alone;
        if (alone.outcome !== 'refused') made ??= alone;
        releases.push(alone);
      }
      continue;
    }
    const { outcome, title, ...there } = imported;
    releases.push(
      imported,
      ...others.map((index) => ({ ...there, index, outcome: 'already-there' as const, unmapped: [], notes: [together] })),
    );
  }
  releases.sort((one, other) => one.index - other.index);
  const beside = besideReleases(input);
  const count = (outcome: ImportedRelease['outcome']) => releases.filter((release) => release.outcome === outcome).length;
  return {
    created: count('created'),
    alreadyThere: count('already-there'),
    refused: count('refused'),
    releases,
    ...(beside.length > 0 ? { unmapped: beside } : {}),
  };

  function besideDraft({ tenderId, title }: ImportedRelease, index: number): ImportedRelease {
    const read = readRelease(found?.[index], at, cpv);
    if ('refused' in read) return refused(index, 'not-ocds', read.refused, read.ocid);
    const there = { index, ocid: read.ocid, outcome: 'already-there' as const };
    return {
      ...there,
      ...(tenderId === undefined ? {} : { tenderId }),
      ...(title === undefined ? {} : { title }),
      ...saidInVain('The draft was made of another release of its process; what this one says is not in it.', read.unmapped),
    };
  }

  async function importOne(release: unknown, index: number, parts: number): Promise<ImportedRelease | 'key-reused'> {
    const read = readRelease(release, at, cpv);
    if ('refused' in read) return refused(index, 'not-ocds', read.refused, read.ocid);
    const { ocid, releaseId, terms, unmapped } = read;
    const notes =
      parts > 1 ? [{ path: 'date', note: `Put together of ${parts} releases by their dates.` }, ...read.notes] : read.notes;
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
      (tender): { status: 200; body: ImportedRelease } => ({
        status: 200,
        body: {
          index,
          ocid,
          outcome: isNew ? 'created' : 'already-there',
          tenderId,
          title: terms.title,
          ...(isNew ? { unmapped, notes } : notTaken(tender, releaseId, unmapped)),
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

const together = { path: 'ocid', note: 'It went into one draft with the other releases of its process, by their dates.' };

/** A draft that is there stays as it is. Made of another release, it says nothing of what this one tells. */
const notTaken = (tender: Tender, releaseId: string | undefined, unmapped: readonly string[]) => {
  const from = tender.status === 'absent' ? undefined : tender.importedFrom?.releaseId;
  if (from === releaseId) return { unmapped: [], notes: [] };
  return saidInVain(
    `The draft was made of another release${from === undefined ? '' : ` (${from})`}; what this one says is not in it.`,
    unmapped,
  );
};

const saidInVain = (note: string, unmapped: readonly string[]) => ({
  unmapped: ['tender', ...unmapped.filter((path) => !path.startsWith('tender/'))],
  notes: [{ path: 'id', note }],
});

const refused = (index: number, type: string, detail: string, ocid: string | undefined): ImportedRelease => ({
  index,
  ...(ocid === undefined ? {} : { ocid }),
  outcome: 'refused',
  unmapped: [],
  notes: [],
  refusal: { type: `/problems/${type}`, detail },
});
