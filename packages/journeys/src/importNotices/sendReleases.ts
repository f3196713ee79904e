import type { ImportedRelease } from '@umuhuza/contracts/tenders/schemas';
import { DoorRefused, type SignedIn } from '../door.ts';
import type { Read } from './readReleases.ts';

/** What became of one release of the file, in its place from 1; or, `beside`, what a package says beside its releases, before that place. */
export type Outcome = { readonly place: number } & (
  | Omit<ImportedRelease, 'index'>
  | { readonly outcome: 'unreadable'; readonly unmapped: readonly string[]; readonly why: string }
  | { readonly outcome: 'beside'; readonly unmapped: readonly string[] }
);

type Placed = { readonly place: number; readonly release: unknown; readonly bytes: number };
type Sender = Pick<SignedIn['tenders'], 'importReleases'>;

/** What goes into one request: few enough to be done soon, and below what the route takes. */
const most = { releases: 100, bytes: 4_000_000 };
/** A request that is refused because there were too many is repeated after this long, unless the answer says when. */
const patience = 5_000;

/** Sends the releases in the order they come, some at a time, and tells what became of each. No more than one request's worth is held. */
export async function* sendReleases(
  tenders: Sender,
  found: AsyncIterable<Read>,
  pause: (milliseconds: number) => Promise<void>,
): AsyncGenerator<Outcome> {
  let batch: Placed[] = [];
  let bytes = 0;
  let place = 0;
  for await (const read of found) {
    if ('beside' in read) {
      yield { place: place + 1, outcome: 'beside', unmapped: [read.beside] };
      continue;
    }
    place += 1;
    if ('unreadable' in read) {
      yield { place, outcome: 'unreadable', unmapped: [], why: read.unreadable };
      continue;
    }
    const size = Buffer.byteLength(JSON.stringify(read.release));
    if (batch.length > 0 && bytes + size > most.bytes) {
      yield* await send(tenders, batch, pause);
      [batch, bytes] = [[], 0];
    }
    batch.push({ place, release: read.release, bytes: size });
    bytes += size;
    if (batch.length >= most.releases) {
      yield* await send(tenders, batch, pause);
      [batch, bytes] = [[], 0];
    }
  }
  if (batch.length > 0) yield* await send(tenders, batch, pause);
}

const send = async (
  tenders: Sender,
  batch: readonly Placed[],
  pause: (milliseconds: number) => Promise<void>,
): Promise<Outcome[]> => {
  for (;;) {
    const reply = await tenders.importReleases({ body: { releases: batch.map(({ release }) => release) }, headers: {} });
    if (reply.status === 200) {
      return reply.body.releases.map(({ index, ...imported }) => ({ place: batch[index]?.place ?? 0, ...imported }));
    }
    if (reply.status === 413 && batch.length === 1) {
      const why = 'It is larger than the platform takes in one request.';
      return batch.map(({ place }) => ({ place, outcome: 'unreadable', unmapped: [], why }));
    }
    if (reply.status !== 429) throw new DoorRefused('importing', reply.status, reply.body);
    const seconds = Number(reply.headers.get('retry-after'));
    await pause(seconds > 0 ? seconds * 1_000 : patience);
  }
};
