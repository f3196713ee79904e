import ICAL from 'ical.js';

/** What a reader that is not the writer makes of a calendar file. */
export const readCalendar = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(
    calendar
      .getAllSubcomponents('vtimezone')
      .map((zone) => [String(zone.getFirstPropertyValue('tzid')), new ICAL.Timezone(zone)]),
  );
  const events = calendar.getAllSubcomponents('vevent').map((event) => {
    const value = (name: string): string | undefined => event.getFirstPropertyValue(name)?.toString();
    const people = (name: string) =>
      event.getAllProperties(name).map((property) => ({
        address: String(property.getFirstValue()).replace(/^mailto:/i, ''),
        name: property.getFirstParameter('cn'),
        answer: property.getFirstParameter('partstat'),
      }));
    const instantOf = (name: string): string => {
      const property = event.getFirstProperty(name);
      const time = property?.getFirstValue();
      if (!property || !(time instanceof ICAL.Time)) throw new Error(`the event has no ${name}`);
      const tzid = property.getFirstParameter('tzid');
      const zone = tzid === undefined ? undefined : zones.get(tzid);
      if (tzid !== undefined && !zone) throw new Error(`${name} is in ${tzid}, which the file does not define`);
      if (zone) time.zone = zone;
      return time.toJSDate().toISOString();
    };
    return {
      uid: value('uid') ?? '',
      sequence: Number(value('sequence')),
      status: value('status'),
      summary: value('summary'),
      description: value('description'),
      location: value('location'),
      stamp: value('dtstamp'),
      tzid: event.getFirstProperty('dtstart')?.getFirstParameter('tzid'),
      startsAt: instantOf('dtstart'),
      endsAt: instantOf('dtend'),
      organisers: people('organizer'),
      attendees: people('attendee'),
      count: (name: string) => event.getAllProperties(name).length,
    };
  });
  return {
    method: calendar.getFirstPropertyValue('method')?.toString(),
    name: calendar.getFirstPropertyValue('x-wr-calname')?.toString(),
    zones: [...zones.keys()],
    events,
    count: (name: string) => calendar.getAllProperties(name).length,
  };
};

const control = /[^\P{Cc}\t]/u;

/** The rules of RFC 5545 (form) and RFC 5546 (invitations) that a file breaks, in words; empty when none. */
export const brokenRules = (text: string): string[] => {
  const broken: string[] = [];
  const must = (holds: boolean, rule: string) => void (holds || broken.push(rule));

  must(!/(^|[^\r])\n|\r(?!\n)/.test(text), 'each line ends with CRLF (3.1)');
  for (const line of text.split('\r\n')) {
    must(Buffer.byteLength(line) <= 75, 'a line has at most 75 octets (3.1)');
    must(!control.test(line) && line.isWellFormed(), 'a line has no control character and no half letter (3.1)');
  }
  const { method, zones, events, count } = readCalendar(text);
  must(count('version') === 1 && count('prodid') === 1, 'one VERSION, one PRODID (3.6)');
  must(count('method') <= 1, 'at most one METHOD (3.7.2)');
  must(events.length > 0, 'a calendar has an event (3.6)');
  must(new Set(zones).size === zones.length, 'a zone is defined once (3.6.5)');
  for (const zone of zones)
    must(
      events.some(({ tzid }) => tzid === zone),
      'a zone is there because it is used',
    );
  for (const event of events) {
    for (const once of ['uid', 'dtstamp', 'dtstart', 'dtend']) must(event.count(once) === 1, `one ${once.toUpperCase()} (3.6.1)`);
    for (const atMostOnce of ['sequence', 'status', 'summary', 'description', 'location', 'organizer', 'url'])
      must(event.count(atMostOnce) <= 1, `at most one ${atMostOnce.toUpperCase()} (3.6.1)`);
    must(event.startsAt < event.endsAt, 'DTEND is after DTSTART (3.8.2.2)');
    must(Number.isInteger(event.sequence) && event.sequence >= 0, 'SEQUENCE is a number from 0 (3.8.7.4)');
    must(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(event.stamp ?? ''), 'DTSTAMP is in UTC (3.8.7.2)');
    if (method === 'REQUEST' || method === 'CANCEL') {
      must(event.organisers.length === 1, 'an invitation has its ORGANIZER (5546, 3.2)');
      must(event.attendees.length > 0, 'an invitation has an ATTENDEE (5546, 3.2)');
      must(event.count('sequence') === 1, 'an invitation has its SEQUENCE');
    }
    if (method === 'REQUEST') must(event.status !== 'CANCELLED', 'a REQUEST is TENTATIVE or CONFIRMED (5546, 3.2.2)');
    if (method === 'CANCEL')
      must(event.status === 'CANCELLED' || event.status === undefined, 'a CANCEL is CANCELLED or without STATUS (5546, 3.2.5)');
    if (method === 'PUBLISH') must(event.attendees.length === 0, 'a PUBLISH names no ATTENDEE (5546, 3.2.1)');
  }
  if (method === 'REQUEST' || method === 'CANCEL')
    must(new Set(events.map(({ uid }) => uid)).size === 1, 'an invitation is about one event (5546, 3.2)');
  return broken;
};
