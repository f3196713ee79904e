import { isShown, type KnownTender } from '../tender/tender.ts';
import { historyOf, type Release } from './history.ts';
import { mergeReleases } from './mergeReleases.ts';
import type { Fields } from './view.ts';

const extension = (name: string) => `https://raw.githubusercontent.com/open-contracting-extensions/${name}/master/extension.json`;
const extensions = ['ocds_bid_extension', 'ocds_lots_extension', 'ocds_enquiry_extension'].map(extension);

const envelope = (tender: KnownTender, path: string, publicUrl: string, publishedDate: string) => ({
  uri: new URL(`/api/tenders/${tender.tenderId}${path}`, publicUrl).href,
  version: '1.1' as const,
  extensions,
  publishedDate,
  publisher: { name: 'Umuhuza', uri: publicUrl },
});

export type Reader = {
  /**
   * Its organisation, where there is one. A draft is nobody's but its buyer's; a published tender has releases for everybody and for its
   * buyer.
   */
  readonly reader: string | undefined;
  readonly publicUrl: string;
  /** The present instant. */
  readonly at: string;
};

const releasesFor = (tender: KnownTender, { reader, publicUrl, at }: Reader): Release[] =>
  historyOf(tender, { isOwn: tender.buyer.organisationId === reader, publicUrl, until: at });
const lastOf = (tender: KnownTender, releases: readonly Release[]): string =>
  releases.at(-1)?.date ?? (isShown(tender) ? tender.publishedAt : tender.createdAt);

/**
 * All that happened with the tender as an OCDS 1.1 release package, one release an event, with the extensions for bids, lots and
 * enquiries. Everybody gets what is public; its buyer also what is its own.
 */
export const writePackage = (tender: KnownTender, reader: Reader) => {
  const releases = releasesFor(tender, reader);
  return { ...envelope(tender, '/ocds', reader.publicUrl, lastOf(tender, releases)), releases };
};

/** The same as an OCDS 1.1 record package: the releases, and what they come to together. */
export const writeRecord = (tender: KnownTender, reader: Reader) => {
  const { publicUrl } = reader;
  const releases = releasesFor(tender, reader);
  const record: Fields & { readonly ocid: string } = { ocid: tender.ocid, releases, compiledRelease: mergeReleases(releases) };
  return {
    ...envelope(tender, '/ocds/record', publicUrl, lastOf(tender, releases)),
    packages: [new URL(`/api/tenders/${tender.tenderId}/ocds`, publicUrl).href],
    records: [record],
  };
};
