/** Within an hour a request has come to its end, and the draft or the bid names what was uploaded for it, also over a slow line. */
export const anHourBefore = (at: string): string =>
  Temporal.Instant.from(at).subtract({ hours: 1 }).toString({ fractionalSecondDigits: 3 });
