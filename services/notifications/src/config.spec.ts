import { readConfig } from '@umuhuza/service/config';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { describe, expect, it } from 'vitest';
import { notificationsConfig } from './config.ts';

const usable = {
  PORT: '8086',
  MONGODB_URL: 'mongodb://127.0.0.1:27017',
  NATS_URL: 'nats://127.0.0.1:4222',
  JWKS_URL: 'http://127.0.0.1:8081/api/auth/jwks',
  PUBLIC_URL: 'https://umuhuza.example',
  LINK_SECRET: 'a secret of at least thirty-two characters',
  POST_KEYS: `post:${newKey().toString('base64url')}`,
};
const read = (more: Record<string, string>) => readConfig(notificationsConfig, { ...usable, ...more });

describe('where mail goes', () => {
  it('is a folder or a mail server; the server counts where both are named', () => {
    expect(read({ MAIL_DIR: '/mail' }).post).toEqual({ folder: '/mail' });
    expect(read({ MAIL_DIR: '/mail', SMTP_URL: 'smtp://mail.example:587' }).post).toEqual({ smtp: 'smtp://mail.example:587' });
  });
  it('must be said, and the refusal names both ways', () =>
    expect(() => read({})).toThrow(/SMTP_URL: set it to send mail, or set MAIL_DIR/));
  it('is not taken from an address of another kind', () =>
    expect(() => read({ SMTP_URL: 'http://mail.example' })).toThrow(/SMTP_URL: expected an address like smtp:/));
});

describe('the sender', () => {
  it('is of the public address unless it is named', () => {
    expect(read({ MAIL_DIR: '/mail' }).sender).toEqual({
      from: 'Umuhuza <notifications@umuhuza.example>',
      domain: 'umuhuza.example',
    });
    expect(read({ MAIL_DIR: '/mail', MAIL_FROM: 'Office <office@umuhuza.example>' }).sender.from).toBe(
      'Office <office@umuhuza.example>',
    );
  });
});

describe('the keys by which owners of sealed bids are found', () => {
  it('are given, and not told when they are none', () => {
    expect(read({ MAIL_DIR: '/mail' }).POST_KEYS.newest).toBe('post');
    const wrong = () => read({ MAIL_DIR: '/mail', POST_KEYS: 'post:too-short' });
    expect(wrong).toThrow(/POST_KEYS: expected key-encryption keys/);
    expect(wrong).not.toThrow(/too-short/);
  });
});

describe('the secret of the links', () => {
  it('is long enough not to be guessed', () =>
    expect(() => read({ MAIL_DIR: '/mail', LINK_SECRET: 'short' })).toThrow(/LINK_SECRET: expected at least 32/));
});
