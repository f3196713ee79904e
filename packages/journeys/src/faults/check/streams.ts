import type { Envelope } from '@umuhuza/contracts/event';
import { collection, type History, type Page, pagesOf, type Rule, streamOf, type Violation } from '../history.ts';

const rule = 'each event is in its stream exactly once, in order';

const eventsOfDocuments = (history: History, service: string): Envelope[] => [
  ...collection(history, service, 'events').map(({ envelope }) => envelope as Envelope),
  ...pagesOf(history, service).flatMap(({ outbox }) => outbox),
];

/** What the service has said, by its own documents, is what its stream holds: by id, once, gapless and in order for each aggregate. */
export const streamsHoldEachEventOnce: Rule = (history) =>
  Object.keys(history.databases).flatMap((service) => {
    const said = new Map(eventsOfDocuments(history, service).map((envelope) => [envelope.id, envelope]));
    const messages = streamOf(history, service)?.messages ?? [];
    const times = new Map<string, number>();
    for (const { envelope } of messages) if (envelope) times.set(envelope.id, (times.get(envelope.id) ?? 0) + 1);

    const violations: Violation[] = [];
    for (const { id, type, subject, sequence } of said.values()) {
      const found = times.get(id) ?? 0;
      if (found !== 1)
        violations.push({ rule, says: `${type} ${sequence} (${id}) is ${found} times in the stream`, about: subject });
    }
    for (const { envelope, seq } of messages)
      if (envelope && !said.has(envelope.id))
        violations.push({
          rule,
          says: `${envelope.type} (${envelope.id}) is in the stream at ${seq}, but the service does not keep it`,
          about: envelope.subject,
        });
    return [
      ...violations,
      ...outOfOrder(
        messages.flatMap(({ envelope }) => (envelope ? [envelope] : [])),
        pagesOf(history, service),
      ),
    ];
  });

/** First occurrences of an aggregate's events count 1, 2, 3 … up to what its document says, also where none of them is there. */
const outOfOrder = (said: readonly Envelope[], pages: readonly Page[]): Violation[] => {
  const firsts = Map.groupBy(
    [...new Map(said.toReversed().map((envelope) => [envelope.id, envelope])).values()].reverse(),
    ({ subject }) => subject,
  );
  const order = new Map(said.map((envelope, at) => [envelope.id, at] as const).toReversed());
  const lengths = new Map(pages.flatMap(({ _id, sequence }) => (sequence > 0 ? [[_id, sequence] as const] : [])));
  return [...new Set([...firsts.keys(), ...lengths.keys()])].flatMap((subject) => {
    const sequences = (firsts.get(subject) ?? [])
      .toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
      .map(({ sequence }) => sequence);
    const length = lengths.get(subject) ?? 0;
    const expected = Array.from({ length }, (_, n) => n + 1);
    return sequences.join() === expected.join()
      ? []
      : [
          {
            rule,
            says: `the events of ${subject} come as ${sequences.join(', ') || 'none'}; its document counts ${length}`,
            about: subject,
          },
        ];
  });
};

/** Quiet means that nothing waits to be sent. */
export const outboxesAreEmpty: Rule = (history) =>
  Object.keys(history.databases).flatMap((service) =>
    pagesOf(history, service)
      .filter(({ outbox }) => outbox.length > 0)
      .map(({ _id, outbox }) => ({
        rule: 'nothing waits to be sent',
        says: `${outbox.length} events of ${service}/${_id} still wait`,
        about: _id,
      })),
  );
