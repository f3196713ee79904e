import { describe, expect, it } from 'vitest';
import { checklist, eventLine, noteEvent, type Rows, welcome } from './display.ts';
import type { PartEvent } from './system.ts';

const after = (...events: readonly (readonly [number, PartEvent])[]): Rows =>
  events.reduce<Rows>((rows, [at, event]) => noteEvent(rows, event, at), {});

describe('the checklist of a start', () => {
  it('shows what waits, what starts with what it lacks, and how long the ready ones took', () => {
    const rows = after(
      [100, { part: 'nats', state: 'starting' }],
      [900, { part: 'nats', state: 'ready' }],
      [900, { part: 'tenders', state: 'starting' }],
      [950, { part: 'tenders', state: 'starting', detail: 'NATS is missing' }],
    );
    expect(checklist(['nats', 'tenders', 'portal'], rows, 0, 80)).toEqual([
      '  ✓ nats           0.8 s',
      '  ⠋ tenders        starting: NATS is missing',
      '  · portal         waiting',
    ]);
  });

  it('forgets what was lacking once the part is ready', () => {
    const rows = after(
      [0, { part: 'nats', state: 'starting', detail: 'Installing nats-server (40 %)' }],
      [2_000, { part: 'nats', state: 'ready' }],
    );
    expect(checklist(['nats'], rows, 3, 80)).toEqual(['  ✓ nats           2.0 s']);
  });

  it('never breaks a line of a narrow terminal in two', () => {
    const rows = after([0, { part: 'nats', state: 'starting', detail: 'x'.repeat(200) }]);
    expect(checklist(['nats'], rows, 0, 60)[0]?.length).toBeLessThan(60);
  });
});

describe('a start in a pipe', () => {
  it('tells each part that is ready', () => {
    expect(eventLine({ part: 'tenders', state: 'ready' }, 1_234)).toBe('tenders is ready (1.2 s)');
  });
  it('tells that nats-server is being installed, and stays quiet about what is merely on its way', () => {
    expect(eventLine({ part: 'nats', state: 'starting', detail: 'Installing nats-server (40 %)' }, 1)).toBe(
      'nats: Installing nats-server (40 %)',
    );
    expect(eventLine({ part: 'tenders', state: 'starting', detail: 'it does not answer yet' }, 1)).toBeUndefined();
  });
});

describe('a part that ends while the system runs', () => {
  it('is named with how it ended and when it comes back', () => {
    expect(eventLine({ part: 'tenders', state: 'exited', detail: 'ended by SIGKILL', againInMs: 500 })).toBe(
      'tenders ended by SIGKILL; starting it again in 0.5 s',
    );
    expect(eventLine({ part: 'tenders', state: 'ready' })).toBe('tenders is ready again');
  });
});

describe('the words once all is up', () => {
  const said = (change: Partial<Parameters<typeof welcome>[0]> = {}) =>
    welcome({
      url: 'http://localhost:8080',
      tookMs: 5_210,
      setupLink: undefined,
      dataDir: '/home/office/umuhuza/.data',
      external: {},
      workingDirectory: '/home/office/umuhuza',
      ...change,
    }).join('\n');

  it('name the address, where mails go and how to stop', () => {
    expect(said()).toContain('Umuhuza is ready after 5.2 s:  http://localhost:8080');
    expect(said()).toContain('E-mails are written to .data/mail (set SMTP_URL to send them).');
    expect(said()).toContain('Ctrl-C');
  });
  it('hold the one-time link while there is one', () => {
    expect(said()).not.toContain('one-time link');
    expect(said({ setupLink: 'http://localhost:8080/#/programme-office?code=abc' })).toContain('/#/programme-office?code=abc');
  });
  it('keep the password of the mail server to themselves', () => {
    const words = said({ external: { smtpUrl: 'smtp://office:geheim@mail.example:587' } });
    expect(words).toContain('smtp://mail.example:587');
    expect(words).not.toContain('geheim');
  });
});
