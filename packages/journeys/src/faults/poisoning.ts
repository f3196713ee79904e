import { setTimeout as delay } from 'node:timers/promises';
import type { JetStreamClient } from '@nats-io/jetstream';
import { catalogue } from '@umuhuza/contracts/catalogue';
import type { Envelope } from '@umuhuza/contracts/event';
import type { Poison } from './history.ts';
import type { Random } from './random.ts';

type Bottle = {
  readonly subject: string;
  readonly bytes: Buffer;
  readonly kind: Poison['kind'];
  readonly throwsAt?: readonly string[];
};

const services = Object.keys(catalogue) as (keyof typeof catalogue)[];

const envelopeOf = (service: string, event: string, mark: string, data: Record<string, unknown>): Envelope => ({
  specversion: '1.0',
  id: mark,
  source: `/${service}`,
  type: `umuhuza.${service}.${event}.v1`,
  subject: mark,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  sequence: 1,
  correlationid: mark,
  causationid: mark,
  data,
});

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** Each way in which a message can be none of ours. The mark stands in all of them. */
const bottles: readonly ((service: (typeof services)[number], event: string, mark: string) => Bottle)[] = [
  (service, event, mark) => ({
    subject: `${service}.${event}.${mark}`,
    bytes: Buffer.concat([Buffer.from([0, 255, 254, 123]), Buffer.from(mark), Buffer.from([195, 40])]),
    kind: 'malformed',
  }),
  (service, event, mark) => ({ subject: `${service}.${event}.${mark}`, bytes: json({ mark }), kind: 'malformed' }),
  (service, event, mark) => ({
    subject: `${service}.${event}.somebody-else`,
    bytes: json(envelopeOf(service, event, mark, {})),
    kind: 'malformed',
  }),
  (service, event, mark) => ({
    subject: `${service}.${event}.${mark}`,
    bytes: json(envelopeOf(service, event, mark, { unknown: 'fields only' })),
    kind: 'malformed',
  }),
];

/**
 * An event that is well-formed and that no reaction can take: the interest it tells of is in no database, and who is to be told of its
 * acceptance is in no directory.
 */
const unbelievable = (mark: string): Bottle => {
  const data = {
    interestId: mark,
    from: { organisationId: mark, name: 'Nobody (demonstration)', country: 'DE' },
    to: mark,
  };
  return {
    subject: `matching.InterestAccepted.${mark}`,
    bytes: json(envelopeOf('matching', 'InterestAccepted', mark, data)),
    kind: 'throwing',
    throwsAt: ['matching', 'notifications'],
  };
};

export type Poisoning = { readonly poisons: readonly Poison[]; readonly done: Promise<void>; readonly end: () => void };

export type PoisonOptions = {
  readonly js: JetStreamClient;
  readonly random: Random;
  readonly malformed: number;
  readonly throwing: number;
  /** How much of the run is over, from 0 to 1: they come in its first half. */
  readonly progress: () => number;
};

/** Puts messages that are none in the subscribers' way, as the operator: no service's own user could. */
export const poisonAtRandom = ({ js, random, malformed, throwing, progress }: PoisonOptions): Poisoning => {
  const poisons: Poison[] = [];
  const ended = new AbortController();
  const publish = async (n: number, at: number) => {
    const mark = `poison-${n}-`;
    const service = random.pick(services);
    const bottle =
      n < throwing ? unbelievable(mark) : random.pick(bottles)(service, random.pick(Object.keys(catalogue[service])), mark);
    while (progress() < at && !ended.signal.aborted) await delay(50);
    if (ended.signal.aborted) return;
    const { subject, kind, throwsAt } = bottle;
    poisons.push({ mark, kind, stream: subject.split('.')[0]?.toUpperCase() ?? '', ...(throwsAt ? { throwsAt } : {}) });
    for (;;) {
      try {
        await js.publish(bottle.subject, bottle.bytes, { msgID: mark });
        return;
      } catch {
        // The broker is being killed; the message id keeps a repetition from counting twice.
        await delay(200);
      }
    }
  };
  const moments = Array.from({ length: malformed + throwing }, () => random.next() / 2);
  const done = Promise.all(moments.map((moment, n) => publish(n, moment))).then(() => undefined);
  return { poisons, done, end: () => ended.abort() };
};
