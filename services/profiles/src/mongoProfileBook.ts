import { profilesEvents } from '@umuhuza/contracts/profiles/events';
import type { ProfileContent } from '@umuhuza/contracts/profiles/schemas';
import { openBook } from '@umuhuza/eventing/book';
import type { BookDocument } from '@umuhuza/eventing/bookDocument';
import { readCursor, writeCursor } from '@umuhuza/service/cursor';
import type { Connection, QueryFilter } from 'mongoose';
import { z } from 'zod';
import { relatedTo } from './cpv.ts';
import { emptyDraft, evolve, type Profile, type ProfileFact, staleAt } from './profile/profile.ts';
import type { ProfileRefusal } from './profile/refusals.ts';
import type { ProfileBook } from './profileBook.ts';
import { toPublicEvents } from './toPublicEvents.ts';
import { type ShownProfile, toPublicProfile } from './views.ts';

const position = z.tuple([z.string(), z.string()]);

const lookup = (profile: Profile<ProfileContent>): Record<string, unknown> =>
  profile.status === 'published' || profile.status === 'stale'
    ? {
        name: profile.organisation.name,
        country: profile.organisation.country,
        skills: [...profile.content.offers.skills, ...profile.content.needs.skills].map((skill) => skill.toLowerCase()),
        cpv: [...profile.content.offers.cpv, ...profile.content.needs.cpv],
        ...(profile.status === 'published' ? { staleAt: staleAt(profile.publishedAt) } : {}),
      }
    : {};

type Query = QueryFilter<BookDocument<Profile<ProfileContent>>>;

const offering = (cpv: string): Query => {
  const { below, above } = relatedTo(cpv);
  return { $or: [{ 'lookup.cpv': { $regex: `^${below}` } }, { 'lookup.cpv': { $in: [...above] } }] };
};

/** A text as an expression that finds just it. */
const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

export const openMongoProfileBook = async (connection: Connection): Promise<ProfileBook> => {
  const book = await openBook<Profile<ProfileContent>, ProfileFact<ProfileContent>, ProfileRefusal, typeof profilesEvents>(
    connection,
    {
      service: 'profiles',
      name: 'profiles',
      initial: emptyDraft,
      evolve,
      events: profilesEvents,
      publicEvents: toPublicEvents,
      lookup,
      indexes: [
        [{ 'lookup.name': 1, _id: 1 }],
        [{ 'lookup.country': 1, 'lookup.name': 1, _id: 1 }],
        [{ 'lookup.skills': 1 }],
        [{ 'lookup.cpv': 1 }],
        [{ 'lookup.staleAt': 1 }],
      ],
    },
  );

  return {
    find: book.find,
    change: book.change,
    outbox: book.outbox,
    list: async ({ country, skill, cpv, q }, limit, cursor) => {
      const after = cursor === undefined ? undefined : readCursor(position, cursor);
      if (after === 'unknown-cursor') return after;
      const filter: Query = {
        $and: [
          { 'lookup.name': { $exists: true } },
          ...(country ? [{ 'lookup.country': country }] : []),
          ...(skill ? [{ 'lookup.skills': skill.toLowerCase() }] : []),
          ...(cpv ? [offering(cpv)] : []),
          ...(q ? [{ 'lookup.name': { $regex: literally(q), $options: 'i' } }] : []),
          ...(after
            ? [{ $or: [{ 'lookup.name': { $gt: after[0] } }, { 'lookup.name': after[0], _id: { $gt: after[1] } }] }]
            : []),
        ],
      };
      const found = await book.documents
        .find(filter, { state: 1 })
        .sort({ 'lookup.name': 1, _id: 1 })
        .limit(limit + 1)
        .lean();
      const items = found.slice(0, limit).map(({ _id, state }) => toPublicProfile(_id, state as ShownProfile));
      const last = items.at(-1);
      return { items, next: found.length > limit && last ? writeCursor([last.name, last.organisationId]) : null };
    },
    names: async (organisations) => {
      const found = await book.documents
        .find({ _id: { $in: [...organisations] }, 'lookup.name': { $exists: true } })
        .select<{ _id: string; state: Pick<ShownProfile, 'organisation'> }>('state.organisation')
        .lean();
      return found.map(({ _id, state }) => ({ organisationId: _id, name: state.organisation.name }));
    },
    dueToGoStale: async (at, limit) => {
      const found = await book.documents
        .find({ 'lookup.staleAt': { $lte: at } }, { _id: 1 })
        .limit(limit)
        .lean();
      return found.map(({ _id }) => _id);
    },
  };
};
