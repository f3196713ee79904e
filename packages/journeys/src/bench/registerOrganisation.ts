import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Envelope } from '@umuhuza/contracts/event';
import type { RunningSystem } from '@umuhuza/local/system';
import { streamOf } from '@umuhuza/nats/streams';

/** Identity is not part of this run; its word is given for it. */
export const registerOrganisation = async (system: RunningSystem, organisationId: string, name: string): Promise<void> => {
  const nats = await connect({ servers: system.natsUrl, ...(await operatorOf(system)) });
  const jsm = await jetstreamManager(nats);
  await jsm.streams.add(streamOf('identity'));
  const registered: Envelope = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/identity',
    type: 'umuhuza.identity.OrganisationRegistered.v1',
    subject: organisationId,
    time: Temporal.Now.instant().toString({ fractionalSecondDigits: 3 }),
    datacontenttype: 'application/json',
    sequence: 1,
    correlationid: 'bench',
    causationid: 'bench',
    data: { organisationId, name, slug: organisationId, country: 'DE' },
  };
  await jetstream(nats).publish(`identity.OrganisationRegistered.${organisationId}`, JSON.stringify(registered));
  await nats.drain();
};

/** The user that may do all, as the local run keeps it beside its data. */
export const operatorOf = async (system: RunningSystem): Promise<{ user: string; pass: string }> => {
  const secrets = JSON.parse(await readFile(join(system.dataDir, 'secrets.json'), 'utf8')) as { nats: Record<string, string> };
  return { user: 'operator', pass: secrets.nats.operator ?? '' };
};
