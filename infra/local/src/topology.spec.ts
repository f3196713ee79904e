import { describe, expect, it } from 'vitest';
import { completeSecrets } from './secrets.ts';
import { busUsers, decidedVariables, environmentOf, natsUsers, partsOf, serviceNames, type Topology } from './topology.ts';

const topology: Topology = {
  dataDir: '/data',
  ports: { nats: 1, mongo: 2, identity: 3, tenders: 4, portal: 8080 },
  services: serviceNames,
  external: {},
  secrets: completeSecrets({}, natsUsers, () => `secret-${crypto.randomUUID()}`),
  url: 'http://localhost:8080',
  doorHost: '0.0.0.0',
};

describe('the parts of a system', () => {
  it('are the servers and every service, unless somebody else runs a server or only some services were asked for', () => {
    expect(partsOf(serviceNames, {})).toEqual(['nats', 'mongo', ...serviceNames]);
    expect(partsOf(['tenders'], { mongodbUrl: 'mongodb://db' })).toEqual(['nats', 'tenders']);
    expect(partsOf(['portal', 'tenders'], { nats: { url: 'nats://bus' } })).toEqual(['mongo', 'tenders', 'portal']);
  });
});

describe('what a service is told', () => {
  it('lets only the door be reached from outside', () => {
    expect(environmentOf('portal', topology).HOST).toBe('0.0.0.0');
    for (const name of serviceNames.filter((one) => one !== 'portal'))
      expect(environmentOf(name, topology).HOST).toBe('127.0.0.1');
  });
  it('gives no secret to two services but the post keys, which are for those two', () => {
    const secrets = new Set([...Object.values(topology.secrets.nats), ...Object.values(topology.secrets)]);
    const given = serviceNames.flatMap((name) =>
      Object.values(environmentOf(name, topology)).filter((value) => secrets.has(value)),
    );
    expect(new Set(given).size).toBe(given.length);
    expect(given).not.toContain(topology.secrets.nats.operator);
    const keys = [topology.secrets.sealingKeys, topology.secrets.postKeys].flatMap((some) => Object.values(some));
    const holders = keys.map((key) =>
      serviceNames.filter((name) => Object.values(environmentOf(name, topology)).some((value) => value.includes(key))),
    );
    expect(holders).toEqual([['tenders'], expect.arrayContaining(['tenders', 'notifications'])]);
    expect(holders[1]).toHaveLength(2);
  });
  it('is its own NATS user, also with a server that somebody else runs when their passwords are known', () => {
    const passwords = Object.fromEntries(busUsers.map((name) => [name, `${name}-password`]));
    const external = { nats: { url: 'nats://bus', passwords } };
    for (const name of busUsers) {
      expect(environmentOf(name, topology)).toMatchObject({ NATS_USER: name, NATS_PASSWORD: topology.secrets.nats[name] });
      expect(environmentOf(name, { ...topology, external })).toMatchObject({
        NATS_USER: name,
        NATS_PASSWORD: `${name}-password`,
      });
    }
    expect(environmentOf('portal', { ...topology, external })).not.toHaveProperty('NATS_PASSWORD');
    const shared = { nats: { url: 'nats://bus', user: 'all', password: 'one' } };
    expect(environmentOf('tenders', { ...topology, external: shared })).toMatchObject({ NATS_USER: 'all', NATS_PASSWORD: 'one' });
  });
  it('gives the tenders their sealing keys, the one that was added last first', () => {
    const sealingKeys = { k1: 'first', k2: 'second', a: 'third' };
    expect(environmentOf('tenders', { ...topology, secrets: { ...topology.secrets, sealingKeys } }).SEALING_KEYS).toBe(
      'a:third,k2:second,k1:first',
    );
  });
  it('sends mail through the server that was named, and into a folder otherwise', () => {
    expect(environmentOf('notifications', topology)).toMatchObject({ MAIL_DIR: '/data/mail' });
    const sending = environmentOf('notifications', { ...topology, external: { smtpUrl: 'smtp://mail' } });
    expect(sending).toMatchObject({ SMTP_URL: 'smtp://mail' });
    expect(sending).not.toHaveProperty('MAIL_DIR');
  });
  it('never lets a variable of the surrounding shell stand in for one that was left out', () => {
    const told = serviceNames.flatMap((name) => Object.keys(environmentOf(name, topology)));
    const addresses = /^(IDENTITY|PROFILES|MATCHING|SANDBOX|TENDERS|NOTIFICATIONS)_URL$/;
    expect(told.filter((name) => !addresses.test(name) && !decidedVariables.includes(name))).toEqual([]);
  });
});
