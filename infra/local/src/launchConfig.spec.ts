import { describe, expect, it } from 'vitest';
import { readLaunchConfig } from './launchConfig.ts';
import { busUsers } from './topology.ts';

const read = (environment: NodeJS.ProcessEnv, ...args: string[]) =>
  readLaunchConfig(environment, args, { repository: '/umuhuza', workingDirectory: '/home/office' });

describe('what npm start was asked for', () => {
  it('is the door on port 8080 of this machine, with data in .data and everything embedded, when nothing was said', () => {
    expect(read({})).toEqual({ dataDir: '/umuhuza/.data', port: 8080, host: '127.0.0.1', external: {}, verbose: false });
  });

  it('takes a data directory from where it was typed', () => {
    expect(read({ DATA_DIR: 'second' }).dataDir).toBe('/home/office/second');
  });

  it('takes each server that somebody else runs on its own', () => {
    expect(read({ MONGODB_URL: 'mongodb://db:27017' }).external).toEqual({ mongodbUrl: 'mongodb://db:27017' });
    expect(read({ SMTP_URL: 'smtps://mail.example' }).external).toEqual({ smtpUrl: 'smtps://mail.example' });
    expect(read({ NATS_URL: 'nats://bus:4222', NATS_USER: 'u', NATS_PASSWORD: 'p' }).external.nats).toMatchObject({
      user: 'u',
      password: 'p',
    });
  });

  it('takes user and password out of a NATS address', () => {
    const nats = read({ NATS_URL: 'nats://office:p%40ss@bus.example:4222' }).external.nats;
    expect(nats).toEqual({ url: expect.stringContaining('nats://bus.example:4222'), user: 'office', password: 'p@ss' });
  });

  const passwords = busUsers.map((name) => `${name}:${name}:p@ss`).join(', ');

  it('gives each service a NATS user of its own where their passwords are given, and refuses half of that', () => {
    const { nats } = read({ NATS_URL: 'nats://bus.example:4222', NATS_PASSWORDS: passwords }).external;
    expect(nats).toEqual({
      url: expect.stringContaining('nats://bus.example:4222'),
      passwords: Object.fromEntries(busUsers.map((name) => [name, `${name}:p@ss`])),
    });
    const wrong = [
      passwords.replace('tenders:tenders:p@ss', 'tenders:'),
      passwords.replace('tenders:', 'operator:'),
      'p@ss',
      `${passwords},portal:x`,
    ];
    for (const NATS_PASSWORDS of wrong)
      expect(() => read({ NATS_URL: 'nats://bus', NATS_PASSWORDS }), NATS_PASSWORDS).toThrow(
        /NATS_PASSWORDS: expected .*identity, .*tenders/,
      );
    expect(() => read({ NATS_URL: 'nats://bus', NATS_PASSWORDS: passwords, NATS_USER: 'u' })).toThrow(/leave out NATS_USER/);
    expect(() => read({ NATS_URL: 'nats://u:p@bus', NATS_PASSWORDS: passwords })).toThrow(/leave out NATS_USER/);
  });

  it('counts an empty variable as not set', () => {
    expect(read({ PORT: '', MONGODB_URL: '', SMTP_URL: '' })).toEqual(read({}));
  });

  it('prints what the services log with --verbose', () => {
    expect(read({}, '--verbose').verbose).toBe(true);
  });

  it('names each variable that cannot be used, all at once', () => {
    expect(() => read({ PORT: '99999', MONGODB_URL: 'localhost' })).toThrow(
      /PORT: .*MONGODB_URL: expected an address like mongodb:/,
    );
  });

  it('names an argument it does not know', () => {
    expect(() => read({}, '--help')).toThrow('--help is not known');
  });
});
