import { createHash } from 'node:crypto';
import { type Amendment, isShown, type KnownTender, type ShownTender } from '../tender/tender.ts';
import type { Lot } from '../tender/terms.ts';
import { asOf, instantsOf } from './asOf.ts';
import { changesOf } from './changes.ts';
import { contentOf, type Fields } from './content.ts';

export type Release = Fields & {
  readonly ocid: string;
  readonly id: string;
  /** When what it tells of happened. */
  readonly date: string;
  readonly tag: readonly string[];
};

/**
 * What happened with a tender, as OCDS releases, the oldest first: one for each instant at which something changed that OCDS can say.
 * The first tells everything; each later one what changed, and what it changed from is said by those before it. Once there, a release
 * stays as it is.
 */
export const historyOf = (tender: KnownTender, isOwn: boolean): Release[] =>
  isShown(tender) ? publishedHistory(tender, isOwn) : [draftRelease(tender)];

/** A draft keeps no history: each version of it is a release of its own, for its buyer alone. */
const draftRelease = (tender: KnownTender): Release => {
  const content = contentOf(tender, true);
  const version = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 12);
  return {
    ocid: tender.ocid,
    id: `${tender.ocid}-draft-${version}`,
    ...(tender.status === 'dropped'
      ? { date: tender.endedAt, tag: ['planningUpdate'] }
      : { date: tender.createdAt, tag: ['planning'] }),
    initiationType: 'tender',
    ...content,
  };
};

const publishedHistory = (tender: ShownTender, isOwn: boolean): Release[] => {
  const releases: Release[] = [];
  const lots = new Map<string, Lot>();
  const idAt = (at: string) => `${tender.ocid}-${at.replace(/[-:.]/g, '')}${isOwn ? '-own' : ''}`;
  let before: Fields = {};
  for (const at of instantsOf(tender)) {
    const then = asOf(tender, at);
    for (const lot of then.terms.lots) lots.set(lot.id, lot);
    const withdrawn = [...lots.values()].filter(({ id }) => !then.terms.lots.some((lot) => lot.id === id));
    const content = contentOf(then, isOwn, withdrawn);
    const amendments = amendmentsOf(then, isOwn, (instant) => ({
      releaseID: idAt(instant),
      amendsReleaseID: releases.findLast(({ date }) => Temporal.Instant.compare(date, instant) < 0)?.id,
    }));
    const { id, title, status } = content.tender;
    const next: Fields = { ...content, tender: { ...content.tender, ...(amendments.length > 0 ? { amendments } : {}) } };
    const said = changesOf(before, next);
    if (!said) continue;
    releases.push({
      ocid: tender.ocid,
      id: idAt(at),
      date: at,
      tag: tagsOf(then, at, before, said),
      initiationType: 'tender',
      buyer: content.buyer,
      ...said,
      // Whoever meets a release alone should see what it is about.
      tender: { id, title, status, ...(said.tender as Fields | undefined) },
    });
    before = next;
  }
  return releases;
};

/** What a release tells, in the words of the standard's list. */
const tagsOf = (then: ShownTender, at: string, before: Fields, said: Fields): string[] => {
  if (then.publishedAt === at) return ['tender'];
  const known = new Set(((before.awards ?? []) as readonly Fields[]).map(({ id }) => id));
  const awards = (said.awards ?? []) as readonly Fields[];
  const tender = (said.tender ?? {}) as Fields;
  const amended = (tender.amendments ?? []) as readonly Fields[];
  const tags = [
    ...(then.status === 'cancelled' && then.endedAt === at ? ['tenderCancellation'] : []),
    ...(amended.some(({ id, date }) => id !== cancellation && date === at) ? ['tenderAmendment'] : []),
    ...(awards.some(({ id }) => !known.has(id)) ? ['award'] : []),
    ...(awards.some(({ id, status }) => known.has(id) && status !== 'cancelled') ? ['awardUpdate'] : []),
    ...(awards.some(({ id, status }) => known.has(id) && status === 'cancelled') ? ['awardCancellation'] : []),
  ];
  const isMore = amended.length === 0 && ('status' in tender || 'tenderers' in tender);
  return tags.length === 0 || isMore ? ['tenderUpdate', ...tags] : tags;
};

const cancellation = 'cancellation';
type Links = { readonly releaseID: string; readonly amendsReleaseID: string | undefined };

/**
 * Each amendment, and the cancellation, which OCDS knows as a change of the tender with its reason. An amendment of which others may
 * see nothing is not there for them.
 */
const amendmentsOf = (then: ShownTender, isOwn: boolean, linksAt: (instant: string) => Links): Fields[] => {
  const entry = (id: string, at: string, description: string, rationale: string | undefined): Fields => {
    const { releaseID, amendsReleaseID } = linksAt(at);
    return {
      id,
      date: at,
      description,
      ...(rationale === undefined ? {} : { rationale }),
      ...(amendsReleaseID === undefined ? {} : { amendsReleaseID }),
      releaseID,
    };
  };
  const isHidden = ({ changes }: Amendment, term: string) => !isOwn && changes?.some((one) => one.term === term && one.hidden);
  const shown = then.amendments.flatMap((amendment) => {
    const names = amendment.changed.filter((term) => !isHidden(amendment, term));
    return names.length > 0 ? [{ ...amendment, names }] : [];
  });
  return [
    ...shown.map(({ at, names, reason }, n) => entry(String(n + 1), at, `Changed: ${names.join(', ')}`, reason)),
    ...(then.status === 'cancelled' ? [entry(cancellation, then.endedAt, 'Cancelled', then.reason)] : []),
  ];
};
