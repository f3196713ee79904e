import { createHash } from 'node:crypto';
import { type Amendment, isShown, type KnownTender, type ShownTender } from '../tender/tender.ts';
import { asOf, instantsOf } from './asOf.ts';
import { changesOf } from './changes.ts';
import { contentOf, type Withdrawn } from './content.ts';
import type { Fields, View } from './view.ts';

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
 * stays as it is. `until`: the present instant, for what time itself changes.
 */
export const historyOf = (tender: KnownTender, { isOwn, publicUrl, until }: Reading): Release[] =>
  isShown(tender) ? publishedHistory(tender, { isOwn, publicUrl, until }) : [draftRelease(tender, publicUrl)];

export type Reading = Pick<View, 'isOwn' | 'publicUrl'> & { readonly until: string };

/** A draft keeps no history: each version of it is a release of its own, for its buyer alone. */
const draftRelease = (tender: KnownTender, publicUrl: string): Release => {
  const content = contentOf(tender, { isOwn: true, at: tender.createdAt, publicUrl });
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

const publishedHistory = (tender: ShownTender, { isOwn, publicUrl, until }: Reading): Release[] => {
  const releases: Release[] = [];
  const withdrawnFrom = gatherWithdrawn();
  const idAt = (at: string) => `${tender.ocid}-${at.replace(/[-:.]/g, '')}${isOwn ? '-own' : ''}`;
  let before: Fields = {};
  for (const at of instantsOf(tender, until)) {
    const then = asOf(tender, at);
    const content = contentOf(then, { isOwn, at, publicUrl }, withdrawnFrom(then));
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

/** Given the tender at one instant after the other: what it had before and has no more. */
const gatherWithdrawn = () => {
  const seen = { lots: new Map(), milestones: new Map(), documents: new Map() };
  const without = <Thing extends { readonly id: string }>(known: Map<string, Thing>, now: readonly Thing[] = []): Thing[] => {
    for (const one of now) known.set(one.id, one);
    return [...known.values()].filter(({ id }) => !now.some((one) => one.id === id));
  };
  return ({ terms }: ShownTender): Withdrawn => ({
    lots: without(seen.lots, terms.lots),
    milestones: without(seen.milestones, terms.milestones),
    documents: without(seen.documents, terms.documents),
  });
};

/** What a release tells, in the words of the standard's list. */
const tagsOf = (then: ShownTender, at: string, before: Fields, said: Fields): string[] => {
  if (then.publishedAt === at) return ['tender'];
  const listOf = (fields: Fields, name: string) => (fields[name] ?? []) as readonly Fields[];
  const known = new Set([...listOf(before, 'awards'), ...listOf(before, 'contracts')].map(({ id }) => id));
  const [awards, contracts] = [listOf(said, 'awards'), listOf(said, 'contracts')];
  const tender = (said.tender ?? {}) as Fields;
  const amended = (tender.amendments ?? []) as readonly Fields[];
  const tags = [
    ...(then.status === 'cancelled' && then.endedAt === at ? ['tenderCancellation'] : []),
    ...(amended.some(({ id, date }) => id !== cancellation && date === at) ? ['tenderAmendment'] : []),
    ...(awards.some(({ id }) => !known.has(id)) ? ['award'] : []),
    ...(awards.some(({ id, status }) => known.has(id) && status !== 'cancelled') ? ['awardUpdate'] : []),
    ...(awards.some(({ id, status }) => known.has(id) && status === 'cancelled') ? ['awardCancellation'] : []),
    ...(contracts.some(({ id }) => !known.has(id)) ? ['contract'] : []),
    ...(contracts.some(({ id, status }) => known.has(id) && status !== 'terminated') ? ['contractUpdate'] : []),
    ...(contracts.some(({ id, status }) => known.has(id) && status === 'terminated') ? ['contractTermination'] : []),
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
