import { readFile } from 'node:fs/promises';
import { eventually } from '@umuhuza/testing/eventually';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyers, firms } from '../demo/companies.ts';
import { expecting } from '../door.ts';
import { describeCollisions } from './collidingHours.ts';
import { type Actor, openStage } from './stage.ts';
import { describeChanges } from './testChanges.ts';

const title = 'Mobile money test room (demonstration)';

const stage = await openStage();
let host: Actor;
let first: Actor;
let second: Actor;
let slot = '';
let secondsBooking = '';
let environment = '';

/** Tomorrow by the clocks of Kigali. */
const tomorrow = () => Temporal.Now.plainDateISO('Africa/Kigali').add({ days: 1 }).toString();

/** The Monday after so many more, by the clocks of Kigali. */
const monday = (weeks: number): string => {
  const today = Temporal.Now.plainDateISO('Africa/Kigali');
  return today.add({ days: 8 - today.dayOfWeek, weeks }).toString();
};

/** The host gives its slot two other hours of tomorrow, on the clocks of Kigali. */
const giveTime = async (hour: number) => {
  const at = (hours: number) => Temporal.ZonedDateTime.from(`${tomorrow()}T${hours}:00[Africa/Kigali]`).toInstant().toString();
  const given = await host.company.sandbox.changeSlotTime({
    params: { id: slot.split('/').at(-1) ?? '' },
    headers: {},
    body: { startsAt: at(hour), endsAt: at(hour + 2), reason: 'The power is off until then.' },
  });
  expect(given.status).toBe(200);
};

beforeAll(async () => {
  if (!stage.isThere) return;
  await stage.start();
  [host, first, second] = await Promise.all([
    stage.plays(firms[2], 'en'),
    stage.plays(buyers[0], 'de'),
    stage.plays(buyers[1], 'en'),
  ]);
});
afterAll(stage.stop);

describe.skipIf(!stage.isThere)('a sandbox test, on three phones', () => {
  it('a host describes its test environment and opens a slot', async () => {
    const { page, isInOrder } = host.phone;
    await page.getByRole('link', { name: 'Tests', exact: true }).click();
    await isInOrder();
    await page.getByRole('link', { name: 'Describe a test environment' }).click();
    await page.getByLabel('Title', { exact: true }).fill(title);
    await page.getByLabel('Mobile money', { exact: true }).check();
    await page.getByLabel('Test data').check();
    await page.getByLabel('Law that applies').fill('Law No 058/2021 (Rwanda) and GDPR');
    await page.getByLabel('Terms (optional)').fill('Devices stay in the room.');
    await isInOrder();
    await page.getByRole('button', { name: 'Open the test environment' }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    await isInOrder();

    environment = page.url().split('/').at(-1) ?? '';
    await page
      .getByLabel('Files to read')
      .setInputFiles({ name: 'house rules.txt', mimeType: 'text/plain', buffer: Buffer.from('Shoes stay outside.') });
    await page.getByRole('button', { name: 'house rules.txt', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Open a slot' }).click();
    await page.getByLabel('Starts: day').fill(tomorrow());
    await page.getByLabel('Starts: time').fill('10:00');
    await isInOrder();
    await page.getByRole('button', { name: 'Open a slot' }).click();
    await page.getByText('Nobody has booked yet.').waitFor();
    expect(await page.getByText('10:00 – 12:00').first().textContent()).toContain('Kigali');
    await isInOrder();
    slot = new URL(page.url()).hash.slice(1);
  });

  it('a German firm finds it, holds a place, sees the time run, and books with the terms accepted', async () => {
    const { page, isInOrder } = first.phone;
    await page.getByRole('link', { name: 'Tests', exact: true }).click();
    await page.getByLabel('Was getestet werden kann').selectOption({ label: 'Mobiles Bezahlen' });
    await page.getByRole('button', { name: 'Suchen' }).click();
    await page.getByRole('link', { name: title }).waitFor();
    await isInOrder();
    await page.getByRole('link', { name: title }).click();
    await page.getByText('1 von 1 Plätzen').waitFor();
    await isInOrder();
    const [rules] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'house rules.txt', exact: true }).click(),
    ]);
    expect(await readFile(await rules.path(), 'utf8')).toBe('Shoes stay outside.');
    await page.getByRole('button', { name: 'Platz halten und buchen' }).click();
    const left = page.getByRole('timer');
    const before = await left.textContent();
    expect(before).toMatch(/^(10:00|9:\d\d)$/);
    await page.waitForFunction((shown) => document.querySelector('[role=timer]')?.textContent !== shown, before);
    await page.getByLabel('Name des Produkts').fill('Carrier payments');
    await page.getByLabel('Testdaten').check();
    await page.getByText('Devices stay in the room.').waitFor();
    await isInOrder();
    await page.getByLabel('gelesen und nehme sie').check();

    // The host gives the slot another time while the form is open: that is said, and nothing typed is lost.
    await giveTime(11);
    await page.getByRole('button', { name: 'Platz buchen' }).click();
    await page.getByText('Der Termin hat jetzt eine andere Zeit').waitFor();
    expect(await page.getByText('11:00 – 13:00').first().textContent()).toContain('Kigali');
    expect(await page.getByLabel('Name des Produkts').inputValue()).toBe('Carrier payments');
    expect(await page.getByLabel('Testdaten').isChecked()).toBe(true);
    await isInOrder();
    await page.getByRole('button', { name: 'Platz buchen' }).click();
    await page.getByText('Der Gastgeber hat noch nicht geantwortet.').waitFor();

    await page.getByRole('heading', { name: 'Was vereinbart ist' }).waitFor();
    await page.getByText('Law No 058/2021 (Rwanda) and GDPR').waitFor();
    await page.getByText('Bedingungen, Fassung 1, angenommen').waitFor();
    await page.getByText('Diese Bedingungen lesen').click();
    await page.getByText('Devices stay in the room.').waitFor();
    expect(await page.getByText('SHA-256:').textContent()).toMatch(/^SHA-256: [0-9a-f]{64}$/);
    await isInOrder();
  });

  it('a second firm waits, is offered the place as soon as the first cancels, and takes it', async () => {
    const { page, goTo, isInOrder } = second.phone;
    await goTo(slot);
    await page.getByRole('link', { name: 'Join the waitlist' }).click();
    await page.getByLabel('Name of the product').fill('Clinic wallet');
    await page.getByLabel('No personal data').check();
    await page.getByLabel('I have read the terms').check();
    await isInOrder();
    await page.getByRole('button', { name: 'Join the waitlist' }).click();
    await page.getByText('You are number 1 in the waitlist.').waitFor();
    await isInOrder();

    const firsts = first.phone.page;
    await firsts.getByText('Buchung absagen').first().click();
    await firsts.getByText('Das ist rechtzeitig').waitFor();
    await firsts.getByRole('button', { name: 'Buchung absagen' }).click();
    await firsts.getByText('Der Gast hat die Buchung abgesagt.').waitFor();
    await first.phone.isInOrder();

    // The page of the second firm is told by itself.
    await page.getByText('A place is free, and it is held for you.').waitFor();
    await isInOrder();
    // Nor is the place taken for a time that was never read.
    await giveTime(14);
    await page.getByRole('button', { name: 'Take the place' }).click();
    await page.getByText('The slot has another time now').waitFor();
    await page.getByText('14:00 – 16:00').first().waitFor();
    await isInOrder();
    await page.getByRole('button', { name: 'Take the place' }).click();
    await page.getByText('The host has not answered yet.').waitFor();
    secondsBooking = new URL(page.url()).hash.slice(1);
  });

  it('the host confirms, and after the test writes the report', async () => {
    const { page, goTo, isInOrder } = host.phone;
    await goTo('/hosting');
    await page.getByRole('link', { name: title }).nth(1).click();
    await page.getByText('This company in the last twelve months').waitFor();
    await isInOrder();
    await page.getByRole('button', { name: 'Confirm the booking' }).click();
    await page.getByText('Once the slot has begun').waitFor();

    // Nobody waits until tomorrow: the host moves the slot to now.
    const now = Temporal.Now.instant();
    const startsAt = now.add({ milliseconds: 1_500 });
    const times = { startsAt: startsAt.toString(), endsAt: now.add({ hours: 1 }).toString() };
    const moved = await host.company.sandbox.changeSlotTime({
      params: { id: slot.split('/').at(-1) ?? '' },
      headers: {},
      body: { ...times, reason: 'The room is free now.', bookings: { do: 'keep' } },
    });
    expect(moved.status).toBe(200);
    await page.waitForTimeout(Math.max(0, Temporal.Now.instant().until(startsAt).total('milliseconds')) + 50);

    await page.reload();
    await page.getByRole('link', { name: 'Write the report' }).click();
    await page.getByLabel('Summary').fill('Eight paid and were paid.');
    await page.getByRole('button', { name: 'Add a finding' }).click();
    await page.getByLabel('In one sentence').fill('The fee is only shown at the end');
    await page.getByLabel('Severity').selectOption({ label: 'high' });
    await isInOrder();
    await page.getByRole('button', { name: 'Complete the test and hand over the report' }).click();
    await page.getByRole('heading', { name: `Report: ${title}` }).waitFor();
    await page.getByLabel('Add a file').setInputFiles({ name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('a log') });
    await page.getByText('the fingerprints agree').waitFor();
    await isInOrder();
  });

  it('the firm reads the report and approves the finding; signed, it is genuine', async () => {
    const { page, goTo, isInOrder } = second.phone;
    await goTo(secondsBooking);
    await page.getByRole('link', { name: 'To the report' }).click();
    await page.getByText('Eight paid and were paid.').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved', { exact: true }).waitFor();
    await isInOrder();

    const hosts = host.phone.page;
    await hosts.getByText('Approved', { exact: true }).waitFor();
    await hosts.getByRole('button', { name: 'Sign the report' }).click();
    await hosts.getByText('Finished and signed').waitFor();

    await page.getByRole('button', { name: 'Check the signature' }).click();
    await page.getByText('Genuine:').waitFor();
    await isInOrder();
  });

  it('the host writes and publishes its profile, on which the test is a verified reference', async () => {
    const { page, goTo, isInOrder } = host.phone;
    await goTo('/profile');
    await page.getByText('Needed before it can be published').waitFor();
    await isInOrder();
    await page.getByRole('link', { name: 'Write the profile' }).click();
    await page.getByLabel('Summary').fill('A demonstration firm in Kigali that builds and tests payments.');
    await page.getByLabel('Skills you offer (optional)').fill('Mobile money');
    await page.getByLabel('CPV codes you offer').fill('72212');
    await page.getByRole('button', { name: /^72212000/ }).click();
    await page.getByLabel('People in the team').fill('9');
    await isInOrder();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Publish the profile' }).click();
    await page.getByRole('button', { name: 'Renew for twelve months' }).waitFor();
    await isInOrder();

    // The reference comes by an event.
    const { organisationId } = host.company;
    await eventually(async () =>
      expect(await host.company.profiles.one({ params: { organisationId } })).toMatchObject({
        body: { references: [{ status: 'verified' }] },
      }),
    );
    const reader = second.phone;
    await reader.goTo(secondsBooking);
    await reader.page.getByRole('link', { name: host.company.name }).click();
    await reader.page.getByText('verified', { exact: true }).waitFor();
    await reader.isInOrder();
  });

  it('the host looks at what weekly hours would open before it opens them, and describes what slots need', async () => {
    const { page, goTo, isInOrder } = host.phone;
    await goTo('/hosting/resources');
    await page.getByRole('button', { name: 'Add a resource' }).click();
    await page.getByLabel('Name').fill('Room 1');
    await isInOrder();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();

    await goTo(`/environments/${environment}`);
    await page.getByRole('link', { name: 'New opening hours' }).click();
    for (const day of ['Tue', 'Wed', 'Thu', 'Fri']) await page.getByLabel(day, { exact: true }).uncheck();
    await page.getByRole('button', { name: 'Add days' }).click();
    await page.getByLabel('First day').last().fill(monday(3));
    await page.getByRole('button', { name: 'Show the preview' }).click();
    // Eight Mondays without one, from nine to twelve by the hour.
    await page.getByText('21 slots open.').waitFor();
    await isInOrder();
    await page.getByRole('button', { name: 'Open these hours' }).click();
    await page.getByText('Mon 09:00 – 12:00').waitFor();
    await isInOrder();
    const opened = () => host.company.sandbox.slots({ query: { environmentId: environment, limit: 100 } });
    await eventually(async () => expect(await opened()).toMatchObject({ body: { items: { length: 21 } } }));
  });

  it('what somebody else saved meanwhile is shown, and nothing typed is lost', async () => {
    const { page, goTo, isInOrder } = host.phone;
    await goTo(`/environments/${environment}/edit`);
    await page.getByLabel('Address (optional)', { exact: true }).first().fill('KG 7 Ave');
    const {
      host: _,
      status: _s,
      openedAt: _o,
      changedAt: _c,
      environmentId: _e,
      closedBecause: _b,
      termsOfUse: _t,
      uploads: _u,
      ...content
    } = await expecting('the environment', 200, host.company.sandbox.environment({ params: { id: environment } }));
    const body = {
      ...content,
      place: { city: 'Kigali', address: 'KN 3 Rd' },
      description: 'Two rooms.',
      termsOfUse: 'Devices stay in the room.',
    };
    expect((await host.company.sandbox.editEnvironment({ params: { id: environment }, headers: {}, body })).status).toBe(200);
    await page.getByRole('button', { name: 'Save' }).click();
    const note = page.getByRole('alert', { name: 'It was changed meanwhile.' });
    expect(await note.textContent()).toMatch(/Description.*Address.*KG 7 Ave.*KN 3 Rd/s);
    await isInOrder();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('KG 7 Ave, Kigali').waitFor();
    await page.getByText('Two rooms.').waitFor();
  });

  it('a firm makes its private calendar address, which is shown once', async () => {
    const { page, goTo, isInOrder } = first.phone;
    await goTo('/bookings');
    await page.getByRole('link', { name: 'Alle Buchungen in Ihrem Kalender' }).click();
    await page.getByRole('button', { name: 'Adresse anlegen' }).click();
    const address = await page.getByLabel('Private Kalenderadresse').inputValue();
    expect(await (await fetch(address)).text()).toContain('BEGIN:VCALENDAR');
    await isInOrder();
    await page.getByRole('button', { name: 'Adresse erneuern' }).click();
    await page.waitForFunction((old) => document.querySelector<HTMLInputElement>('#feed-address')?.value !== old, address);
    expect((await fetch(address)).status).toBe(404);
    for (const { phone } of [host, first, second]) expect(phone.complaints).toEqual([]);
  });
});

const people = () => ({ host, guest: second, rival: first });
describeCollisions(stage.isThere, people);
describeChanges(stage.isThere, people);
