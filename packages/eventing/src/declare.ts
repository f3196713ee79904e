import { type ConsumerInfo, JetStreamApiError, type JetStreamManager, type StreamInfo } from '@nats-io/jetstream';
import { consumerOf, streamOf } from '@umuhuza/nats/streams';
import { accountedFor, accountOf, refillsOf, startAfter } from './refillMarks.ts';

/** One setting that is not as declared. */
export type Difference = { readonly setting: string; readonly declared: unknown; readonly existing: unknown };

/** What is on the broker is not as declared, and the broker does not let it be changed. `differences` says in which settings. */
export class DeclarationDiffers extends Error {
  override readonly name = 'DeclarationDiffers';
  readonly differences: readonly Difference[];
  constructor(what: string, differences: readonly Difference[], cause: Error) {
    const listed = differences.map(
      ({ setting, declared, existing }) =>
        `${setting} is ${JSON.stringify(existing) ?? 'not set'}, declared is ${JSON.stringify(declared)}`,
    );
    super(
      `${what} is there already with other settings, and NATS refuses to change it (${cause.message}): ${listed.join('; ')}. Change it back in infra/nats/src/streams.ts, or have an operator move the stream.`,
      { cause },
    );
    this.differences = differences;
  }
}

export const isMissing = (error: unknown): boolean => error instanceof JetStreamApiError && error.status === 404;

const differencesOf = (declared: Readonly<Record<string, unknown>>, existing: object): Difference[] =>
  Object.entries(declared)
    .map(([setting, value]) => ({ setting, declared: value, existing: (existing as Record<string, unknown>)[setting] }))
    .filter(({ declared: wanted, existing: found }) => JSON.stringify(wanted) !== JSON.stringify(found));

/** Makes the service's stream, or brings an older one up to its declaration; throws `DeclarationDiffers` where it cannot. */
export const ensureStream = async (
  jsm: JetStreamManager,
  service: string,
  declared: ReturnType<typeof streamOf> = streamOf(service),
): Promise<StreamInfo> => {
  let info: StreamInfo;
  try {
    info = await jsm.streams.info(declared.name);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return jsm.streams.add(declared);
  }
  // On how many servers it lies is the operator's choice once it is there.
  const { num_replicas: _replicas, ...settings } = declared;
  const differences = differencesOf(settings, info.config);
  if (differences.length === 0) return info;
  try {
    return await jsm.streams.update(declared.name, settings);
  } catch (error) {
    if (error instanceof JetStreamApiError) throw new DeclarationDiffers(`The stream ${declared.name}`, differences, error);
    throw error;
  }
};

/**
 * Makes the durable consumer, or brings an older one up to its declaration without losing its place: where the broker refuses the
 * change, it is made anew from the first message it has not acknowledged. The same when the stream was refilled: then it goes back
 * to where the refill began, since what it had heard from there on may lie elsewhere now.
 */
export const ensureConsumer = async (
  jsm: JetStreamManager,
  subscriber: string,
  stream: string,
  declared: ReturnType<typeof consumerOf> = consumerOf(subscriber, stream),
): Promise<void> => {
  const refills = refillsOf((await jsm.streams.info(stream)).config.description);
  const { deliver_policy: _place, ...settings } = declared;
  const account = accountOf(refills);
  let info: ConsumerInfo;
  try {
    info = await jsm.consumers.info(stream, subscriber);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await jsm.consumers.add(stream, { ...declared, description: account });
    return;
  }
  const next = info.ack_floor.stream_seq + 1;
  const anew = async (from: number) => {
    await jsm.consumers.delete(stream, subscriber);
    await jsm.consumers.add(stream, {
      ...settings,
      description: account,
      ...(from > 1 ? { deliver_policy: 'by_start_sequence' as const, opt_start_seq: from } : { deliver_policy: 'all' as const }),
    });
  };
  const goBackTo = startAfter(refills, accountedFor(info.config.description));
  if (goBackTo !== undefined) return anew(Math.min(goBackTo, next));
  const differences = differencesOf(settings, info.config);
  if (differences.length === 0) return;
  try {
    await jsm.consumers.update(stream, subscriber, { ...settings, description: account });
  } catch (error) {
    if (!(error instanceof JetStreamApiError)) throw error;
    await anew(next);
  }
};

/** Whether the consumer must be looked after: it or its stream is gone, or the stream was refilled since. */
export const needsCare = async (jsm: JetStreamManager, subscriber: string, stream: string): Promise<boolean> => {
  try {
    const refills = refillsOf((await jsm.streams.info(stream)).config.description);
    const { config } = await jsm.consumers.info(stream, subscriber);
    return startAfter(refills, accountedFor(config.description)) !== undefined;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
};
