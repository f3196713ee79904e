import { awardAll, openAll, seeOutcomes } from './awarding.ts';
import { askAndAnswer, bidSealed, seeInboxes, seeMatches, waitForDeadlines } from './bidding.ts';
import { buyers, firms } from './companies.ts';
import type { MainJob } from './job.ts';
import { importNotices, publishAll, register } from './publication.ts';
import { testInKigali } from './testInKigali.ts';

/** Every release was refused. */
export class NothingToPlay extends Error {
  override readonly name = 'NothingToPlay';
}

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
