import { describe, expect, it } from 'vitest';
import { permissionsOf } from './permissions.ts';

const covers = (pattern: string, subject: string): boolean => {
  const want = pattern.split('.');
  const have = subject.split('.');
  const tail = want.at(-1) === '>';
  if (tail ? have.length < want.length : have.length !== want.length) return false;
  return want.every((token, at) => token === '*' || (token === '>' && tail && at === want.length - 1) || token === have[at]);
};
const mayPublish = (service: string, subject: string) =>
  permissionsOf(service).publish.some((pattern) => covers(pattern, subject));
const maySubscribe = (service: string, subject: string) =>
  permissionsOf(service).subscribe.some((pattern) => covers(pattern, subject));

describe('what a service may say on the bus', () => {
  it('lets it publish its own events and nobody else’s', () => {
    expect(mayPublish('tenders', 'tenders.TenderPublished.t1')).toBe(true);
    expect(mayPublish('tenders', 'profiles.ProfilePublished.p1')).toBe(false);
    expect(mayPublish('tenders', 'tendersX.TenderPublished.t1')).toBe(false);
  });

  it('lets it keep its own stream and only look at the others', () => {
    expect(mayPublish('tenders', '$JS.API.STREAM.CREATE.TENDERS')).toBe(true);
    expect(mayPublish('tenders', '$JS.API.STREAM.UPDATE.TENDERS')).toBe(true);
    expect(mayPublish('tenders', '$JS.API.STREAM.MSG.GET.TENDERS')).toBe(true);
    expect(mayPublish('tenders', '$JS.API.STREAM.MSG.GET.PROFILES')).toBe(false);
    expect(mayPublish('tenders', '$JS.API.STREAM.INFO.PROFILES')).toBe(true);
    expect(mayPublish('tenders', '$JS.API.STREAM.CREATE.PROFILES')).toBe(false);
    expect(mayPublish('tenders', '$JS.API.STREAM.UPDATE.PROFILES')).toBe(false);
  });

  it('lets nobody delete or purge what was said, not even the one who said it', () => {
    for (const stream of ['TENDERS', 'PROFILES'])
      for (const act of ['STREAM.DELETE', 'STREAM.PURGE', 'STREAM.MSG.DELETE', 'STREAM.RESTORE'])
        expect(mayPublish('tenders', `$JS.API.${act}.${stream}`)).toBe(false);
  });

  it('lets it hear every stream through the consumer that bears its name only', () => {
    expect(mayPublish('tenders', '$JS.API.CONSUMER.CREATE.MATCHING.tenders.matching.>')).toBe(true);
    expect(mayPublish('tenders', '$JS.API.CONSUMER.MSG.NEXT.MATCHING.tenders')).toBe(true);
    expect(mayPublish('tenders', '$JS.API.CONSUMER.CREATE.MATCHING.profiles.matching.>')).toBe(false);
    expect(mayPublish('tenders', '$JS.API.CONSUMER.MSG.NEXT.MATCHING.profiles')).toBe(false);
    expect(mayPublish('tenders', '$JS.API.CONSUMER.DELETE.MATCHING.profiles')).toBe(false);
  });

  it('lets it acknowledge what was delivered to it, in the subjects of older and newer servers, and not what others were given', () => {
    expect(mayPublish('tenders', '$JS.ACK.MATCHING.tenders.1.7.7.1700000000.0')).toBe(true);
    expect(mayPublish('tenders', '$JS.ACK._.hash.MATCHING.tenders.1.7.7.1700000000.0.token')).toBe(true);
    expect(mayPublish('tenders', '$JS.ACK.MATCHING.profiles.1.7.7.1700000000.0')).toBe(false);
    expect(mayPublish('tenders', '$JS.ACK._.hash.MATCHING.profiles.1.7.7.1700000000.0.token')).toBe(false);
  });

  it('lets it listen to its own answers only', () => {
    expect(maySubscribe('tenders', '_INBOX.tenders.abc.1')).toBe(true);
    expect(maySubscribe('tenders', '_INBOX.profiles.abc.1')).toBe(false);
    expect(maySubscribe('tenders', 'tenders.TenderPublished.t1')).toBe(false);
  });
});
