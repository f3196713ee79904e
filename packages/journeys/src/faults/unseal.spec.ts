import { sealOwner, sealOwners } from '@umuhuza/service/sealing/bidOwners';
import { newKey } from '@umuhuza/service/sealing/keyRing';
import { aboutAudience, aboutNotification, aboutReaderKey, readerSeal } from '@umuhuza/service/sealing/readerSeal';
import { describe, expect, it } from 'vitest';
import { postRingOf } from '../postRing.ts';
import { soundHistory } from './check/recorded.fixture.ts';
import type { History } from './history.ts';
import { unsealed } from './unseal.ts';

const ring = postRingOf({ old: newKey().toString('base64url'), new: newKey().toString('base64url') });

describe('what a run has sealed', () => {
  it('is judged as the services know it', () => {
    const key = newKey();
    const { kek, wrapped } = ring.wrap(key, aboutReaderKey);
    expect(kek).toBe('new');
    const { seal } = readerSeal(key);
    const history = soundHistory();
    const owners = sealOwners(ring, 't1', [sealOwner(ring, 't1', 'firm')]);
    const state = { recipient: 'user-of-firm', channel: 'inbox' };
    const audience = { _id: 'a', organisations: ['buyer'], sealed: seal(aboutAudience('a'), [['firm', 1]], 64) };
    const open = { _id: 'open', state: { recipient: 'user-of-buyer', channel: 'inbox' } };
    const found = unsealed(
      {
        ...history,
        streams: history.streams.map((stream) => ({
          ...stream,
          messages: stream.messages.map((message) =>
            message.envelope?.type.startsWith('umuhuza.tenders.BiddingClosed') === true
              ? { ...message, envelope: { ...message.envelope, id: 'e', data: { owners } } }
              : message,
          ),
        })),
        databases: {
          notifications: {
            readerKeys: [{ _id: 'readers', kek, wrapped: Buffer.from(wrapped) }],
            notifications: [{ _id: 'n', state: { sealed: seal(aboutNotification, state, 64) } }, open],
            audiences: [audience],
          },
        },
      } satisfies History,
      ring,
    );
    expect(found.owners).toEqual({ e: ['firm'] });
    expect(found.databases.notifications?.notifications).toEqual([{ _id: 'n', state }, open]);
    expect(found.databases.notifications?.audiences).toMatchObject([{ organisations: ['buyer', 'firm'] }]);
  });
  it('is nothing where nothing was sealed', () => {
    const history = soundHistory();
    expect(unsealed(history, ring)).toEqual({ ...history, owners: {} });
  });
});
