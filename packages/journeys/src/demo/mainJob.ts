import type { ImportedRelease, OpenedBids, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type Company, type CompanyCard, DoorRefused, enter, expecting } from '../door.ts';
import { patiently } from '../patiently.ts';
import { buyers, type DemoCompany, firms } from './companies.ts';
import type { Display } from './display.ts';

export type MainJob = {
  readonly door: string;
  readonly notices: readonly unknown[];
  readonly password: string;
  readonly display: Display;
  /** How many e-mails the system has written where this machine can see them; undefined where it cannot. */
  readonly mails: () => Promise<number | undefined>;
  /** How many tenders are played to the award; the others stay open for three weeks. */
  readonly played: number;
  /** Milliseconds from publication to the deadline of those that are played. */
  readonly closesIn: number;
  readonly now: () => Temporal.Instant;
};

/** Every release was refused. */
export class NothingToPlay extends Error {
  override readonly name = 'NothingToPlay';
}

/** A tender of the demonstration with the company that posts it. */
type Posted = { readonly buyer: Company; tender: TenderView };

const key = (...parts: readonly string[]) => ({ 'idempotency-key': ['demo', ...parts].join(':') });
const criteria = [
  { id: 'price', name: 'Price', weight: 40, kind: 'price' as const },
  { id: 'approach', name: 'Approach and plan', weight: 35, kind: 'quality' as const },
  { id: 'team', name: 'Team and experience', weight: 25, kind: 'quality' as const },
];

/** The main job, as a buyer, its bidders, a test host and its guest live it. Every step may be run again. */
export const playMainJob = async (job: MainJob): Promise<void> => {
  const { door, display } = job;
  const link = (path: string) => `${door.replace(/\/$/, '')}/#/${path}`;

  const germans = await register(job, 'German companies register and write their profiles', buyers);
  const rwandans = await register(job, 'Rwandan firms register and write their profiles', firms);
  const imported = await importNotices(job, germans);
  if (imported.every(({ release }) => release.outcome === 'refused'))
    throw new NothingToPlay('None of these releases could become a tender; there is nothing to play.');
  const posted = await publishAll(job, imported);
  for (const { tender, buyer } of posted.slice(0, 3))
    display.line(`${tender.title} — ${buyer.name}  ${link(`tenders/${tender.id}`)}`);

  const soon = job.now().add({ milliseconds: job.closesIn });
  const played = posted.filter(
    ({ tender }) => tender.status === 'published' && tender.deadline && Temporal.Instant.compare(tender.deadline, soon) <= 0,
  );
  const finished = posted.filter(({ tender }) => tender.status !== 'published');
  if (finished.length > 0) display.line(`${finished.length} of them had ended in an earlier run and stay as they are.`);

  const bidders = await seeMatches(job, played, rwandans);
  await seeInboxes(job, rwandans, link);
  await askAndAnswer(job, played, bidders);
  await bidSealed(job, played, bidders);
  await waitForDeadlines(job, played);
  const opened = await openAll(job, played);
  await awardAll(job, opened, link);
  await seeOutcomes(job, opened, bidders, link);
  await testInKigali(job, rwandans, germans, link);
};

const register = async (
  { door, display, password }: MainJob,
  title: string,
  companies: readonly DemoCompany[],
): Promise<Company[]> =>
  display.step(title, companies.length, async (tick) => {
    const entered: Company[] = [];
    for (const { profile, ...card } of companies) {
      const company = await enter(door, { ...card, password } satisfies CompanyCard);
      await expecting('writes its profile', 200, company.profiles.editMine({ body: profile, headers: {} }));
      // The registration reaches the profiles service as an event.
      await patiently('its registration arrives', async () =>
        expecting('publishes its profile', 200, company.profiles.publishMine({ body: {}, headers: key('publish', card.slug) })),
      );
      entered.push(company);
      tick(company.name);
    }
    return entered;
  });

const importNotices = async (
  { display, notices }: MainJob,
  germans: readonly Company[],
): Promise<{ buyer: Company; release: ImportedRelease }[]> => {
  const results: { buyer: Company; release: ImportedRelease }[] = [];
  await display.step('Public notices are imported as their draft tenders (OCDS)', notices.length, async (tick) => {
    for (const [n, buyer] of germans.entries()) {
      const share = notices.filter((_, index) => index % germans.length === n);
      if (share.length === 0) continue;
      const { releases } = await expecting('imports notices', 200, buyer.tenders.importReleases({ body: share, headers: {} }));
      for (const release of releases) {
        results.push({ buyer, release });
        tick(release.title ?? release.ocid);
      }
    }
  });
  const outcomes = (outcome: ImportedRelease['outcome']) => results.filter(({ release }) => release.outcome === outcome);
  display.line(
    `${outcomes('created').length} created, ${outcomes('already-there').length} already there, ${outcomes('refused').length} refused`,
  );
  for (const { release } of outcomes('refused'))
    display.line(`refused: ${release.ocid ?? `release ${release.index}`}: ${release.refusal?.detail}`);
  const unmapped = new Set(results.flatMap(({ release }) => release.unmapped.map((path) => path.replace(/\d+/g, 'n'))));
  if (unmapped.size > 0)
    display.line(
      `kept out, since a tender here has no place for it: ${[...unmapped].slice(0, 6).join(', ')}${unmapped.size > 6 ? ` and ${unmapped.size - 6} more` : ''}`,
    );
  return results;
};

const publishAll = async (job: MainJob, imported: readonly { buyer: Company; release: ImportedRelease }[]): Promise<Posted[]> => {
  const found = imported.flatMap(({ buyer, release }) => (release.tenderId ? [{ buyer, tenderId: release.tenderId }] : []));
  return job.display.step('They are completed and published', found.length, async (tick) => {
    const read = async ({ buyer, tenderId }: (typeof found)[number]) => ({
      buyer,
      tender: await expecting('reads its tender', 200, buyer.tenders.get({ params: { id: tenderId } })),
    });
    const posted: Posted[] = [];
    for (const each of found) posted.push(await read(each));
    const drafts = posted.filter(({ tender }) => tender.status === 'draft');
    const open = drafts.slice(job.played);
    for (const each of open) {
      each.tender = await publish(each, job.now().add({ hours: 21 * 24 }));
      tick(each.tender.title);
    }
    // Those that are played come last, so that their short time is spent on bids.
    const deadline = job.now().add({ milliseconds: job.closesIn });
    for (const each of drafts.slice(0, job.played)) {
      each.tender = await publish(each, deadline);
      tick(each.tender.title);
    }
    for (const { tender } of posted.filter((each) => !drafts.includes(each))) tick(tender.title);
    return posted;
  });
};

const publish = async ({ buyer, tender }: Posted, deadline: Temporal.Instant): Promise<TenderView> => {
  await expecting(
    'completes its draft',
    200,
    buyer.tenders.edit({
      params: { id: tender.id },
      headers: {},
      body: {
        deadline: deadline.toString({ fractionalSecondDigits: 3 }),
        criteria,
        languages: [{ language: 'en', level: 'B2' }],
        workingHoursOverlap: 4,
        ...(tender.description.trim() === '' ? { description: tender.title } : {}),
      },
    }),
  );
  return expecting(
    'publishes its tender',
    200,
    buyer.tenders.publish({ params: { id: tender.id }, body: {}, headers: key('publish', tender.id) }),
  );
};

type Bidders = ReadonlyMap<string, readonly Company[]>;

const seeMatches = async ({ display }: MainJob, played: readonly Posted[], rwandans: readonly Company[]): Promise<Bidders> => {
  const said: string[] = [];
  const bidders = await display.step('Matching suggests Rwandan firms, with reasons', played.length, async (tick) => {
    const found = new Map<string, Company[]>();
    for (const { buyer, tender } of played) {
      const matches = await patiently('matching has looked at it', async () => {
        const answer = await expecting(
          'sees the matches',
          200,
          buyer.matching.tenderMatches({ params: { id: tender.id }, query: {} }),
        );
        if (answer.firms.length === 0) throw new Error('no firm yet');
        return answer;
      });
      const [best] = matches.firms;
      const reasons = (kind: 'for' | 'against') =>
        best?.reasons
          .filter((reason) => reason.kind === kind)
          .slice(0, 2)
          .map(({ says }) => says)
          .join('; ');
      said.push(
        `${tender.title}: ${best?.name} ${Math.round((best?.score ?? 0) * 100)} % — for: ${reasons('for')}${reasons('against') ? ` — against: ${reasons('against')}` : ''}`,
      );
      const byScore = matches.firms.flatMap(({ organisationId }) =>
        rwandans.filter((firm) => firm.organisationId === organisationId),
      );
      found.set(tender.id, byScore.slice(0, 3));
      tick(tender.title);
    }
    return found;
  });
  for (const text of said) display.line(text);
  return bidders;
};

const seeInboxes = async (
  { display, mails }: MainJob,
  rwandans: readonly Company[],
  link: (path: string) => string,
): Promise<void> => {
  const said: string[] = [];
  await display.step('The firms are told (inbox and e-mail)', rwandans.length, async (tick) => {
    for (const firm of rwandans) {
      const { items } = await expecting('reads its inbox', 200, firm.inbox.list({ query: { limit: 100 } }));
      const matched = items.filter(({ kind }) => kind === 'tender-matched');
      if (matched[0]) said.push(`${firm.name}: ${matched.length} matching tenders, the newest: “${matched[0].subject}”`);
      tick(firm.name);
    }
  });
  for (const text of said) display.line(text);
  const written = await mails();
  if (written !== undefined) display.line(`${written} e-mails are written by now`);
  display.line(link('inbox'));
};

const askAndAnswer = async ({ display }: MainJob, played: readonly Posted[], bidders: Bidders): Promise<void> =>
  display.step('Questions are asked without a name, and answered for everybody', played.length, async (tick) => {
    for (const { buyer, tender } of played) {
      const [asker] = bidders.get(tender.id) ?? [];
      if (asker) {
        const asked = await expecting(
          'asks',
          201,
          asker.tenders.ask({
            params: { id: tender.id },
            body: { question: 'May the team work from Kigali throughout?' },
            headers: key('ask', tender.id),
          }),
        );
        const mine = asked.questions.find((question) => question.mine);
        if (mine)
          await expecting(
            'answers',
            200,
            buyer.tenders.answer({
              params: { id: tender.id, questionId: mine.id },
              body: { answer: 'Yes, with four shared hours a day.' },
              headers: key('answer', tender.id, mine.id),
            }),
          );
      }
      tick(tender.title);
    }
  });

/** What each of the three bidders asks, in percent of what the buyer would pay; the second is the dearest. */
const priceFactors = [82, 97, 88];

/** What the buyer would pay for a lot, in minor units: its share of the budget, or where none is known a middling project. */
const priceOf = ({ budget, lots }: TenderView): number => Math.floor((budget?.amount ?? 4_000_000) / Math.max(1, lots.length));

const bidSealed = async ({ display }: MainJob, played: readonly Posted[], bidders: Bidders): Promise<void> => {
  const total = played.reduce((sum, { tender }) => sum + (bidders.get(tender.id)?.length ?? 0), 0);
  await display.step('Bids come in, sealed', total, async (tick) => {
    for (const { tender } of played)
      for (const [n, bidder] of (bidders.get(tender.id) ?? []).entries()) {
        await expecting(
          'bids',
          200,
          bidder.tenders.submitBid({
            params: { id: tender.id },
            headers: {},
            body: {
              prices: tender.lots.map((lot) => ({
                lotId: lot.id,
                price: { amount: Math.round((priceOf(tender) * (priceFactors[n] ?? 95)) / 100), currency: tender.currency },
              })),
              answers: [
                {
                  criterionId: 'approach',
                  answer: 'Two-week iterations, a test environment from the first day, weekly reviews in English.',
                },
                { criterionId: 'team', answer: 'Four developers and a lead, all employed.' },
              ],
            },
          }),
        );
        tick(bidder.name);
      }
  });
  const [first] = played;
  if (first) {
    const peek = await first.buyer.tenders.bids({ params: { id: first.tender.id } });
    display.line(
      `The buyer looks before the deadline: ${peek.status} ${peek.status === 200 ? 'bids are visible!' : (peek.body as { title: string }).title}`,
    );
  }
};

const waitForDeadlines = async ({ display, now }: MainJob, played: readonly Posted[]): Promise<void> => {
  const last = played
    .map(({ tender }) => Temporal.Instant.from(tender.deadline ?? now().toString()))
    .sort(Temporal.Instant.compare)
    .at(-1);
  if (!last) return;
  const seconds = Math.max(0, Math.ceil(now().until(last).total('seconds')));
  await display.step('The deadline comes; from its instant on every bid is late', seconds, async (tick) => {
    for (let second = 0; second < seconds; second++) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      tick(`until ${last.toZonedDateTimeISO('Europe/Berlin').toPlainTime().toString({ smallestUnit: 'second' })} in Berlin`);
    }
  });
};

type Opened = Posted & { readonly bids: OpenedBids };

const openAll = async ({ display }: MainJob, played: readonly Posted[]): Promise<Opened[]> =>
  display.step('Bids are opened, once', played.length, async (tick) => {
    const opened: Opened[] = [];
    for (const { buyer, tender } of played) {
      // Opening also happens by itself; whoever comes first, it is one transition.
      const after = await patiently('the deadline has passed at the server', async () => {
        const answer = await buyer.tenders.openBids({ params: { id: tender.id }, body: {}, headers: key('open', tender.id) });
        if (answer.status === 200) return answer.body;
        const read = await expecting('reads its tender', 200, buyer.tenders.get({ params: { id: tender.id } }));
        if (read.status === 'published' || read.status === 'closed')
          throw new DoorRefused('opens bids', answer.status, answer.body);
        return read;
      });
      if (after.status === 'opened') {
        opened.push({
          buyer,
          tender: after,
          bids: await expecting('reads the bids', 200, buyer.tenders.bids({ params: { id: tender.id } })),
        });
      }
      tick(`${after.title}: ${after.bidsOpened ?? 0} bids`);
    }
    return opened;
  });

/** What the buyer gives each bid for each quality criterion: made up, and another for each tender. */
const qualityScore = (tender: number, bid: number, criterion: number): number =>
  62 + ((tender * 11 + bid * 17 + criterion * 7) % 34);

const awardAll = async ({ display }: MainJob, opened: readonly Opened[], link: (path: string) => string): Promise<void> => {
  const said: string[] = [];
  await display.step('The buyers score, and award by the ranking', opened.length, async (tick) => {
    for (const [t, { buyer, tender, bids }] of opened.entries()) {
      const scores = bids.bids.flatMap(({ bidId }, n) =>
        ['approach', 'team'].map((criterionId, c) => ({
          bidId,
          criterionId,
          score: qualityScore(t, n, c),
        })),
      );
      await expecting(
        'scores',
        200,
        buyer.tenders.score({ params: { id: tender.id }, body: { scores }, headers: key('score', tender.id) }),
      );
      const ranked = await expecting('reads the ranking', 200, buyer.tenders.bids({ params: { id: tender.id } }));
      for (const { lotId, ranking } of ranked.lots) {
        const [first] = ranking;
        if (!first) continue;
        await expecting(
          'awards',
          200,
          buyer.tenders.award({
            params: { id: tender.id },
            body: { lotId, bidId: first.bidId, reason: 'First in the ranking.' },
            headers: key('award', tender.id, lotId),
          }),
        );
        said.push(
          `${tender.title}${ranked.lots.length > 1 ? `, ${tender.lots.find(({ id }) => id === lotId)?.title}` : ''}: ${first.bidder.name ?? first.bidder.organisationId} with ${first.points} of 100 points (${ranking.length} bids)  ${link(`tenders/${tender.id}`)}`,
        );
      }
      tick(tender.title);
    }
  });
  for (const text of said) display.line(text);
};

const seeOutcomes = async (
  { display }: MainJob,
  opened: readonly Opened[],
  bidders: Bidders,
  link: (path: string) => string,
): Promise<void> => {
  const firmsToTell = [...new Set(opened.flatMap(({ tender }) => bidders.get(tender.id) ?? []))];
  const said: string[] = [];
  await display.step('Winners and losers are told', firmsToTell.length, async (tick) => {
    for (const firm of firmsToTell) {
      const told = await patiently('its outcome arrives', async () => {
        const { items } = await expecting('reads its inbox', 200, firm.inbox.list({ query: { limit: 100 } }));
        const outcomes = items.filter(({ kind }) => kind === 'award-outcome');
        if (outcomes.length === 0) throw new Error('not yet');
        return outcomes;
      });
      said.push(`${firm.name}: ${told.map(({ subject }) => `“${subject}”`).join(', ')}`);
      tick(firm.name);
    }
  });
  for (const text of said) display.line(text);
  if (said.length > 0) display.line(link('inbox'));
};

const testInKigali = async (
  job: MainJob,
  rwandans: readonly Company[],
  germans: readonly Company[],
  link: (path: string) => string,
): Promise<void> => {
  const { display } = job;
  const [host] = rwandans;
  const [guest] = germans;
  if (!host || !guest) return;
  const said: string[] = [];
  await display.step('A test host in Kigali opens slots; a German firm books one', 5, async (tick) => {
    const environment = await expecting(
      'opens a test environment',
      201,
      host.sandbox.openEnvironment({
        headers: key('environment', host.slug),
        body: {
          title: 'Mobile money test room (demonstration)',
          description: 'Payments on real phones in real networks, with a panel of testers.',
          kinds: ['Mobile money', 'E-government'],
          place: { city: 'Kigali' },
          devices: ['Android phones', 'Feature phones'],
          languages: [
            { language: 'en', level: 'C1' },
            { language: 'rw', level: 'native' },
          ],
          dataRules: { data: 'test-data', law: 'Law No 058/2021 (Rwanda) and GDPR' },
          confirmation: 'by-hand',
          timeZone: 'Africa/Kigali',
        },
      }),
    );
    tick(environment.title);
    const today = job.now().toZonedDateTimeISO('Africa/Kigali').toPlainDate();
    const slots = [];
    for (const days of [7, 8]) {
      const date = today.add({ days }).toString();
      slots.push(
        await expecting(
          'opens a slot',
          201,
          host.sandbox.openSlot({
            params: { id: environment.environmentId },
            body: { date, from: '09:00', to: '12:00', capacity: 2 },
            headers: key('slot', environment.environmentId, date),
          }),
        ),
      );
      tick(date);
    }
    const [slot] = slots;
    if (!slot) return;
    const booking = await expecting(
      'books',
      201,
      guest.sandbox.book({
        params: { id: slot.slotId },
        body: {
          product: { name: 'Carrier payments (demonstration)', goals: 'Do drivers understand the payout screen?' },
          dataClass: 'no-personal-data',
        },
        headers: key('book', slot.slotId),
      }),
    );
    tick('booked');
    const confirmed = await expecting(
      'confirms',
      200,
      host.sandbox.confirm({ params: { id: booking.bookingId }, body: {}, headers: key('confirm', booking.bookingId) }),
    );
    tick('confirmed');
    const at = (zone: string) =>
      Temporal.Instant.from(confirmed.startsAt)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' })
        .replace('T', ' ');
    said.push(
      `${guest.name} tests at ${host.name}: ${at('Africa/Kigali')} in Kigali, ${at('Europe/Berlin')} in Berlin (${confirmed.status})`,
      link(`bookings/${booking.bookingId}`),
    );
  });
  for (const text of said) display.line(text);
};
