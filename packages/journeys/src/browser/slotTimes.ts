/** So many days from today at this hour, by the clocks of Kigali. */
export const on = (days: number, hour: number) => {
  const start = Temporal.Now.plainDateISO('Africa/Kigali').add({ days }).toZonedDateTime({
    timeZone: 'Africa/Kigali',
    plainTime: { hour },
  });
  return { date: start.toPlainDate().toString(), startsAt: start.toInstant(), endsAt: start.toInstant().add({ hours: 2 }) };
};
/** As a request says it. */
export const written = ({ startsAt, endsAt }: { startsAt: Temporal.Instant; endsAt: Temporal.Instant }) => ({
  startsAt: startsAt.toString({ fractionalSecondDigits: 3 }),
  endsAt: endsAt.toString({ fractionalSecondDigits: 3 }),
});
