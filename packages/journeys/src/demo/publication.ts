import type { ImportedRelease, TenderView } from '@umuhuza/contracts/tenders/schemas';
import { type Company, type CompanyCard, enter, expecting } from '../door.ts';
import { patiently } from '../patiently.ts';
import type { DemoCompany } from './companies.ts';
import { key, type MainJob, type Posted } from './job.ts';

const criteria = [
  { id: 'price', name: 'Price', weight: 40, kind: 'price' as const },
  { id: 'approach', name: 'Approach and plan', weight: 35, kind: 'quality' as const },
  { id: 'team', name: 'Team and experience', weight: 25, kind: 'quality' as const },
];

export const register = async (
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

export const importNotices = async (
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

export const publishAll = async (
  job: MainJob,
  imported: readonly { buyer: Company; release: ImportedRelease }[],
): Promise<Posted[]> => {
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
