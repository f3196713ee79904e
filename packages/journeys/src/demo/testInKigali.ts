import { type Company, expecting } from '../door.ts';
import { key, type MainJob } from './job.ts';

export const testInKigali = async (
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
