import { createHash, randomBytes } from 'node:crypto';
import { feedOf } from '@umuhuza/calendar/writeCalendar';
import type { PersonLanguage } from '@umuhuza/contracts/identity/schemas';
import type { sandboxApi } from '@umuhuza/contracts/sandbox/api';
import type { CalendarFeedView } from '@umuhuza/contracts/sandbox/feedApi';
import { idFrom } from '@umuhuza/eventing/cause';
import { memberOf } from '@umuhuza/service/caller';
import { causeOf } from '@umuhuza/service/commandCause';
import type { Handlers } from '@umuhuza/service/serviceApp';
import { type Feed, renewFeed, switchOffFeed } from '../feed/feed.ts';
import { newestOfEach, toCalendarEvent } from '../toCalendar.ts';
import type { Deps } from './deps.ts';
import { answer, refuse } from './problems.ts';

type Routes = Pick<
  Handlers<typeof sandboxApi>,
  'calendarFeed' | 'renewCalendarFeed' | 'switchOffCalendarFeed' | 'readCalendarFeed'
>;

/** How far back a calendar goes, and how many slots of bookings it holds: first those to come, then the latest of those before. */
const daysBack = 90;
const mostSlots = 1_000;

/** How often a subscribed calendar asks again. */
const refreshMinutes = 60;

export const feedRoutes = ({ feeds, members, slots, organisations, publicUrl, clock }: Deps): Routes => ({
  calendarFeed: async ({ req }) => {
    const { user, organisation } = memberOf(req);
    return { status: 200, body: toFeedView((await feeds.find(feedIdOf(user, organisation))) ?? { status: 'none' }) };
  },
  renewCalendarFeed: async ({ body, req }) => {
    const { user, organisation } = memberOf(req);
    const token = randomBytes(32).toString('base64url');
    // An answer that is kept with its key would keep the secret.
    const cause = { ...causeOf(req, clock), repeatable: false };
    const change = await feeds.change(
      feedIdOf(user, organisation),
      (feed) => renewFeed(feed, { user, organisation, hash: hashOf(token), at: clock() }),
      cause,
      (feed) => ({ status: 201 as const, body: { ...toFeedView(feed), url: addressOf(publicUrl, token, body?.language) } }),
    );
    return answer(req, change);
  },
  switchOffCalendarFeed: async ({ req }) => {
    const { user, organisation } = memberOf(req);
    const change = await feeds.change(feedIdOf(user, organisation), switchOffFeed, causeOf(req, clock), (feed) => ({
      status: 200 as const,
      body: toFeedView(feed),
    }));
    return answer(req, change);
  },
  readCalendarFeed: async ({ params, query, req, res }) => {
    const token = /^([\w-]{43})\.ics$/.exec(params.token)?.[1];
    const feed = token === undefined ? undefined : await feeds.byHash(hashOf(token));
    if (!feed || (await members.isMember(feed.organisation, feed.user)) === false) return refuse(req, 'no-such-feed');
    const now = clock();
    const from = Temporal.Instant.from(now)
      .subtract({ hours: daysBack * 24 })
      .toString({ fractionalSecondDigits: 3 });
    const found = await slots.withBookingsOf(feed.organisation, { from, now }, mostSlots);
    const events = found.flatMap((slot) =>
      slot.bookings
        .filter(({ guest }) => [guest.organisationId, slot.terms.host.organisationId].includes(feed.organisation))
        .map((booking) => toCalendarEvent(slot, booking, query.language)),
    );
    // Whoever has the address has the calendar: it is kept out of caches, search engines and other pages' logs.
    res.setHeader('Cache-Control', 'private, no-cache');
    res.setHeader('X-Robots-Tag', 'noindex');
    res.setHeader('Referrer-Policy', 'no-referrer');
    res.setHeader('Content-Disposition', 'inline; filename="umuhuza.ics"');
    const name = (await organisations.nameOf(feed.organisation)) ?? feed.organisation;
    return { status: 200, body: feedOf(newestOfEach(events), { name: `Umuhuza: ${name}`, refreshMinutes }) };
  },
});

const feedIdOf = (user: string, organisation: string): string => idFrom({ id: 'calendar-feed' }, `${organisation}/${user}`);

/** The token is random and long, so a plain hash of it can neither be guessed nor turned back. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Programs that read calendars say no language, so the address does. */
const addressOf = (publicUrl: string, token: string, language: PersonLanguage | undefined): string => {
  const address = new URL(`/api/sandbox/calendar-feeds/${token}.ics`, publicUrl);
  if (language !== undefined) address.searchParams.set('language', language);
  return address.href;
};

const toFeedView = (feed: Feed): CalendarFeedView =>
  feed.status === 'on' ? { status: 'on', renewedAt: feed.renewedAt } : { status: 'off', renewedAt: null };
