import { beforeAll, describe, expect, it } from 'vitest';
import { type Company, expecting } from '../door.ts';
import type { Phone } from './phone.ts';
import { on, written } from './slotTimes.ts';

/** A host, its guest, and a rival for the same places, who reads German. */
export type People = Readonly<Record<'host' | 'guest' | 'rival', { readonly company: Company; readonly phone: Phone }>>;

const title = 'Payments bench (demonstration)';
const form = { product: { name: 'Rival wallet' }, dataClass: 'test-data' as const };

/** What can be changed about a test, from finding its slot to settling its findings; told after the story of one that goes well. */
export const describeChanges = (isThere: boolean, people: () => People): void => {
  describe.skipIf(!isThere)('what can be changed about a test, on the same phones', () => {
    let host: People['host'];
    let guest: People['guest'];
    let rival: People['rival'];
    let environment = '';
    const slots: string[] = [];
    let booking = '';

    const openSlot = async (when: { startsAt: Temporal.Instant; endsAt: Temporal.Instant }, capacity: number) => {
      const body = { ...written(when), capacity };
      return expecting('a slot', 201, host.company.sandbox.openSlot({ params: { id: environment }, headers: {}, body }));
    };
    const bookFor = (who: Company, id: string) =>
      expecting('a booking', 201, who.sandbox.book({ params: { id }, headers: {}, body: form }));
    const confirm = (id: string) =>
      expecting('an answer', 200, host.company.sandbox.confirm({ params: { id }, headers: {}, body: {} }));
    /** Moves the slot to now, and waits until it has begun. */
    const beginNow = async (slotId: string) => {
      const now = Temporal.Now.instant();
      const startsAt = now.add({ milliseconds: 1_000 });
      const body = {
        ...written({ startsAt, endsAt: now.add({ hours: 1 }) }),
        reason: 'The room is free.',
        bookings: { do: 'keep' as const },
      };
      await expecting('a new time', 200, host.company.sandbox.changeSlotTime({ params: { id: slotId }, headers: {}, body }));
      await host.phone.page.waitForTimeout(Math.max(0, Temporal.Now.instant().until(startsAt).total('milliseconds')) + 50);
    };
    /** Opens what is folded under this line, and gives it back. */
    const open = async ({ page }: Phone, line: string) => {
      const summary = page.locator('summary', { hasText: line });
      await summary.click();
      return page.locator('details').filter({ has: summary });
    };

    beforeAll(async () => {
      if (!isThere) return;
      ({ host, guest, rival } = people());
      const body = {
        title,
        areas: ['logistics' as const],
        place: { city: 'Huye' },
        devices: ['Android 12 phones'],
        languages: [{ language: 'rw', level: 'native' as const }],
        dataRules: { data: 'test-data' as const, law: 'Law No 058/2021 (Rwanda)' },
        price: { amount: 5_000, currency: 'RWF' },
        seatsPerPlace: 2,
      };
      const opened = await expecting('an environment', 201, host.company.sandbox.openEnvironment({ headers: {}, body }));
      environment = opened.environmentId;
      for (const [day, capacity] of [
        [2, 1],
        [3, 2],
        [4, 1],
      ] as const)
        slots.push((await openSlot(on(day, 10), capacity)).slotId);
    });

    it('a guest finds a slot by day, device, city and price, and gives a held place back', async () => {
      const { page, goTo, isInOrder } = guest.phone;
      await goTo('/sandbox');
      await open(guest.phone, 'More wishes');
      await page.getByLabel('From (optional)').fill(on(2, 10).date);
      await page.getByLabel('Until (optional)').fill(on(2, 10).date);
      await page.getByLabel('Device (optional)').fill('android');
      await page.getByLabel('City (optional)').fill('huye');
      await page.getByLabel('Price (optional)').selectOption('Up to an amount');
      await page.getByLabel('Currency').selectOption('RWF');
      await page.getByLabel('At most').fill('5000');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: title }).waitFor();
      expect(await page.getByRole('link', { name: title }).count()).toBe(1);
      await isInOrder();
      await page.getByRole('link', { name: title }).click();
      await page.getByRole('button', { name: 'Hold a place and book' }).click();
      await page.getByRole('timer').waitFor();
      await page.getByRole('button', { name: 'Give the place back' }).click();
      await page.getByRole('button', { name: 'Hold a place and book' }).waitFor();
    });

    it('while it fills in the form the last place goes and comes back: the form waits, and then books', async () => {
      const { page, goTo } = guest.phone;
      const [slotId = ''] = slots;
      await goTo(`/slots/${slotId}/book`);
      await page.getByLabel('Name of the product').fill('Clinic wallet');
      await page.getByLabel('Test data').check();
      const { bookingId: id } = await bookFor(rival.company, slotId);
      await page.getByRole('button', { name: 'Book the place' }).click();
      await page.getByRole('button', { name: 'Join the waitlist' }).waitFor();
      await expecting('a cancellation', 200, rival.company.sandbox.cancel({ params: { id }, headers: {}, body: {} }));
      await page.getByRole('button', { name: 'Join the waitlist' }).click();
      await page.getByRole('button', { name: 'Book the place' }).click();
      await page.getByText('The host has not answered yet.').waitFor();
      booking = new URL(page.url()).hash.split('/').at(-1) ?? '';
    });

    it('it brings a tester, takes it off again, keeps the calendar file, and moves to another day', async () => {
      const { page, isInOrder } = guest.phone;
      await open(guest.phone, 'Invite a tester');
      await page.getByLabel('Name of the tester').fill('Demonstration Tester');
      await page.getByLabel('E-mail address').fill('tester@demonstration.example');
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      await page.getByText('1 of 2 seats are taken.').waitFor();
      await page.getByRole('button', { name: /^Take off/ }).click();
      await page.getByText('0 of 2 seats are taken.').waitFor();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Calendar file' }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^booking-.*\.ics$/);

      await page.getByRole('link', { name: 'Move to another time' }).click();
      await page.getByLabel('Show free slots from this day on (optional)').fill(on(4, 10).date);
      await page.waitForFunction(() => document.querySelectorAll('input[name=to]').length === 1);
      await page.getByLabel('Show free slots from this day on (optional)').fill('');
      await page.waitForFunction(() => document.querySelectorAll('input[name=to]').length === 2);
      expect(await page.getByText(/Price: .*5,000/).count()).toBe(2);
      await isInOrder();
      await page.locator('input[name=to]').first().check();
      await page.getByText('You take that slot as it is').waitFor();
      await page.getByRole('button', { name: 'Move to another time' }).click();
      await page.getByText('Moved from').waitFor();
    });

    it('the host adds a place, gives the slot another hour, and closes it: the booking goes where it is sent', async () => {
      const { page, goTo, isInOrder } = host.phone;
      await confirm(booking);
      await goTo(`/slots/${slots[1]}`);
      const places = await open(host.phone, 'Change the number of places');
      await places.getByLabel('Places').fill('3');
      await places.getByRole('button').click();
      await page.getByText('2 of 3 places are free').waitFor();

      const time = await open(host.phone, 'Change the time');
      await time.getByLabel('Starts: time').fill('14:00');
      await time.getByLabel('Ends: time').fill('16:00');
      await time.getByLabel('It stays').check();
      await time.getByLabel('Reason', { exact: true }).fill('The power is off in the morning.');
      await time.getByRole('button', { name: 'Change the time' }).click();
      await page.getByText('14:00 – 16:00').first().waitFor();

      await page.reload();
      const end = await open(host.phone, 'Close the slot');
      await end.getByLabel('It moves to another slot').check();
      await end.getByLabel('Where they move').selectOption({ index: 2 });
      await end.getByLabel('Reason', { exact: true }).fill('The room is repaired.');
      await isInOrder();
      await end.getByRole('button', { name: 'Close the slot' }).click();
      await page.getByText('Closed:').waitFor();

      const guests = guest.phone;
      await guests.goTo(`/bookings/${booking}`);
      await guests.page.getByText('14:00 – 16:00').first().waitFor();
      // The host chose this time, so the guest may give it up until it begins.
      const now = await expecting('the booking', 200, guest.company.sandbox.booking({ params: { id: booking } }));
      expect(now).toMatchObject({ slotId: slots[2], cancelFreelyUntil: now.startsAt });
    });

    it('a rival leaves a waitlist, and lets a place pass that the host adds', async () => {
      const { page, goTo } = rival.phone;
      const id = slots[2] ?? '';
      const wait = () =>
        expecting('a place in the queue', 201, rival.company.sandbox.joinWaitlist({ params: { id }, headers: {}, body: form }));
      await wait();
      await goTo(`/slots/${id}`);
      await page.getByRole('button', { name: 'Warteliste verlassen' }).click();
      await page.getByText('Sie haben diese Warteliste verlassen.').waitFor();
      await wait();
      const body = { capacity: 2 };
      await expecting('a place more', 200, host.company.sandbox.changeCapacity({ params: { id }, headers: {}, body }));
      await page.reload();
      await page.getByRole('button', { name: 'Verzichten' }).click();
      await page.getByText('Sie haben diese Warteliste verlassen.').waitFor();
    });

    it('the host declines another, and notes of a third that nobody came', async () => {
      const { page, goTo, isInOrder } = host.phone;
      const declined = await bookFor(rival.company, slots[0] ?? '');
      await goTo(`/bookings/${declined.bookingId}`);
      const decline = await open(host.phone, 'Decline the booking');
      await decline.getByLabel('Reason').fill('The phones are under repair.');
      await decline.getByRole('button', { name: 'Decline the booking' }).click();
      await page.getByText('The host declined the booking.').waitFor();
      await rival.phone.goTo(`/bookings/${declined.bookingId}`);
      await rival.phone.page.getByText('Der Gastgeber hat die Buchung abgelehnt.').waitFor();

      const { slotId } = await openSlot(on(5, 10), 1);
      const absent = await bookFor(rival.company, slotId);
      await confirm(absent.bookingId);
      await beginNow(slotId);
      await goTo(`/bookings/${absent.bookingId}`);
      await open(host.phone, 'The guest did not come');
      await page.getByRole('button', { name: 'Note that nobody came' }).click();
      await page.getByText('The host noted that the guest did not show.').waitFor();
      await page.getByText('Did somebody come after all?').waitFor();
      await isInOrder();
    });

    it('of two findings one is asked about, answered, rejected, disputed and settled; the report is signed', async () => {
      await beginNow(slots[2] ?? '');
      const report = {
        summary: 'Eight paid and were paid.',
        findings: [
          { title: 'The fee is hidden', severity: 'high' as const },
          { title: 'Only in English', severity: 'low' as const },
        ],
      };
      await expecting('a report', 200, host.company.sandbox.complete({ params: { id: booking }, headers: {}, body: { report } }));
      const { page } = guest.phone;
      const hosts = host.phone.page;
      await guest.phone.goTo(`/bookings/${booking}/report`);
      const say = async (on_: typeof page, act: string, label: string, text: string) => {
        await on_.getByRole('button', { name: new RegExp(`^${act}.*The fee is hidden`) }).click();
        await on_.getByLabel(label).fill(text);
        await on_.getByRole('button', { name: act, exact: true }).click();
        await on_.getByText(text).waitFor();
      };
      await page.getByRole('button', { name: /^Approve.*Only in English/ }).click();
      await say(page, 'Ask', 'Your question', 'On which page?');
      await guest.phone.isInOrder();
      await host.phone.goTo(`/bookings/${booking}/report`);
      await say(hosts, 'Answer', 'Your answer', 'On the last one.');
      await page.reload();
      await say(page, 'Reject', 'Your reason', 'It is on the first, too.');
      await hosts.reload();
      await say(hosts, 'Dispute the rejection', 'Your reason', 'Not on small phones.');
      await host.phone.isInOrder();
      await page.reload();
      await page.getByRole('button', { name: /^Accept the finding after all/ }).click();
      await page.getByText('Settled: it stands').waitFor();

      await open(host.phone, 'Write down what a tester said');
      await hosts.getByLabel('Tester', { exact: true }).fill('Tester 3');
      await hosts.getByLabel('How good it was').selectOption({ label: '4 – good' });
      await hosts.getByRole('button', { name: 'Write down what a tester said' }).click();
      await hosts.getByText('4 of 5').waitFor();
      await hosts.reload();
      await hosts.getByRole('button', { name: 'Sign the report' }).click();
      await hosts.getByText('Finished and signed').waitFor();
    });

    it('the host changes and ends opening hours, closes the environment, and opens it again', async () => {
      const { page, goTo, isInOrder } = host.phone;
      const body = {
        windows: [{ startsOn: on(1, 9).date, from: '09:00', to: '12:00', rrule: 'FREQ=WEEKLY;BYDAY=MO' }],
        slotMinutes: 60,
        capacity: 1,
      };
      const hours = await expecting(
        'hours',
        201,
        host.company.sandbox.openHours({ params: { id: environment }, headers: {}, body }),
      );
      await goTo(`/hours/${hours.hoursId}`);
      await page.getByLabel('Places in each slot').fill('2');
      await isInOrder();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('slots of 60 minutes for 2 firms').waitFor();
      await page.getByRole('link', { name: 'Change', exact: true }).first().click();
      const ending = await open(host.phone, 'End these hours');
      await ending.getByLabel('Reason').fill('We move.');
      await ending.getByRole('button', { name: 'End these hours' }).click();
      await page.getByText('Ended', { exact: true }).waitFor();

      const closing = await open(host.phone, 'Close the test environment');
      await closing.getByLabel('Reason').fill('The room is painted.');
      await closing.getByRole('button', { name: 'Close the test environment' }).click();
      await page.getByText('The room is painted.').waitFor();
      await page.getByRole('button', { name: 'Open it again' }).click();
      await page.getByRole('link', { name: 'Open a slot' }).waitFor();

      await goTo(`/environments/${environment}/edit`);
      await page.getByLabel('Time zone').selectOption({ label: 'Another one …' });
      await page.getByLabel('Time zone').selectOption('Africa/Nairobi');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Africa/Nairobi').first().waitFor();
    });

    it('the guest switches its private calendar address off', async () => {
      const { page, goTo } = guest.phone;
      await goTo('/sandbox/calendar');
      await page.getByRole('button', { name: 'Make an address' }).click();
      const address = await page.getByLabel('Private calendar address').inputValue();
      await page.getByRole('button', { name: 'Switch it off' }).click();
      await page.getByRole('button', { name: 'Make an address' }).waitFor();
      expect((await fetch(address)).status).toBe(404);
      for (const { phone } of [host, guest, rival]) expect(phone.complaints).toEqual([]);
    });
  });
};
