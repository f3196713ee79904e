import { describe, expect, it } from 'vitest';
import { adviceFor, wayToInstall } from './natsServer.ts';
import { type Machine, parseAptStatus } from './systemPackages.ts';

const machine = (platform: NodeJS.Platform, commands: readonly string[], root = false): Machine => ({
  platform,
  root,
  has: (command) => commands.includes(command),
});

describe('how nats-server is had on a machine that has none', () => {
  it('is installed by apt when we are root on Debian or Ubuntu', () =>
    expect(wayToInstall(machine('linux', ['apt-get', 'dpkg'], true))).toBe('apt'));
  it('is unpacked into the clone when we are not root there', () =>
    expect(wayToInstall(machine('linux', ['apt-get', 'dpkg']))).toBe('unpack'));
  it('comes from brew on a Mac', () => expect(wayToInstall(machine('darwin', ['brew']))).toBe('brew'));
  it('is left to the user when there is none of these, or brew would be run by root', () => {
    expect(wayToInstall(machine('linux', ['dnf'], true))).toBe('none');
    expect(wayToInstall(machine('darwin', ['brew'], true))).toBe('none');
  });
  it('is told as a command to type', () => {
    expect(adviceFor('darwin')).toContain('`brew install nats-server`');
    expect(adviceFor('linux')).toContain('`sudo apt-get install nats-server`');
    expect(adviceFor('linux')).toContain('NATS_URL');
  });
});

describe('the progress apt tells', () => {
  it('is a share done and what is being done', () =>
    expect(parseAptStatus('pmstatus:nats-server:40.0001:Installing nats-server (amd64)')).toEqual({
      text: 'Installing nats-server (amd64)',
      percent: 40,
    }));
  it('is not taken from other lines', () => expect(parseAptStatus('media-change:x:y:z')).toBeUndefined());
});
