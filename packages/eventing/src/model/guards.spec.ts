import { describe, expect, it } from 'vitest';
import { explore, getsStuck, inWords } from './explore.ts';
import {
  appliedWhenQuiet,
  effectOnce,
  eventKept,
  factKept,
  factOnce,
  inOrder,
  noCopies,
  protocol,
  streamedWhenQuiet,
} from './protocol.ts';
import { allGuards, type Guards, type Scene } from './state.ts';

const aCommand: Scene = {
  commands: ['a'],
  handlers: 1,
  relays: 1,
  subscribers: 0,
  workers: 1,
  staleSweeps: true,
  copies: 1,
  parks: false,
};
const twoCommands: Scene = { ...aCommand, commands: ['a', 'b'] };
const heard: Scene = { ...aCommand, handlers: 0, relays: 0, subscribers: 1 };
const twoHeard: Scene = { ...heard, commands: ['a', 'b'] };

const without = (off: Partial<Guards>, scene: Scene) => explore(protocol(scene, { ...allGuards, ...off }));
const finds = (off: Partial<Guards>, scene: Scene, broken: string) => {
  const found = without(off, scene);
  expect(found.violation?.broken).toBe(broken);
  return expect(inWords(found));
};

describe('the explorer finds what goes wrong without each guard', { timeout: 120_000 }, () => {
  it('and finds nothing while all of them stand', () => {
    for (const scene of [aCommand, twoCommands, heard, twoHeard, { ...aCommand, subscribers: 1, copies: 2 }])
      expect(without({}, scene).violation).toBeUndefined();
  });

  it('without causes a client that asks again gets its change twice', () =>
    finds({ causes: false }, aCommand, factOnce).toMatchInlineSnapshot(`
      "1. the client sends command a to replica 1, which reads the document
      2. replica 1 writes the fact of command a with event 1a and announces it; the answer is lost
      3. the client sends command a to replica 1, which reads the document
      4. replica 1 writes the fact of command a with event 2a, announces it and answers
      Then no longer true: no command has its fact twice in the document."
    `));

  it('without the version guard one of two replicas writes over what the other has answered', () =>
    finds({ version: false }, { ...twoCommands, handlers: 2 }, factKept).toMatchInlineSnapshot(`
      "1. the client sends command a to replica 1, which reads the document
      2. replica 1 writes the fact of command a with event 1a, announces it and answers
      3. the client sends command b to replica 1, which takes it for new
      4. replica 1 writes the fact of command b with event 1b, announces it and answers
      Then no longer true: an answered command has its fact where its answer says."
    `));

  it('without the version guard one of two processes of a subscriber writes over what the other applied', () =>
    finds({ version: false }, { ...twoHeard, workers: 2 }, appliedWhenQuiet).toMatchInlineSnapshot(`
      "1. event 1a comes into the stream
      2. event 2b comes into the stream
      3. worker 1 of subscriber 1 is given message 1 (event 1a) and reads its document
      4. worker 2 of subscriber 1 is given message 2 (event 2b) and reads its document
      5. worker 1 of subscriber 1 writes the effect of event 1a
      6. worker 1 of subscriber 1 acknowledges message 1
      7. worker 2 of subscriber 1 writes the effect of event 2b
      8. worker 2 of subscriber 1 acknowledges message 2
      Then no longer true: once quiet, each subscriber has the effect of each event of the document."
    `));

  it('an event taken out of the outbox before the broker has acknowledged it is lost', () =>
    finds({ ackBeforeMove: false }, aCommand, streamedWhenQuiet).toMatchInlineSnapshot(`
      "1. the client sends command a to replica 1, which reads the document
      2. replica 1 writes the fact of command a with event 1a, announces it and answers
      3. replica 1 inserts into events: 1a
      4. replica 1 publishes 1a; it is lost on the way
      5. replica 1 pulls from the outbox: 1a
      Then no longer true: once quiet, each event of the document is in the stream."
    `));

  it('an event pulled from the outbox before it is in events can be in neither', () =>
    finds({ insertBeforePull: false }, aCommand, eventKept).toMatchInlineSnapshot(`
      "1. the client sends command a to replica 1, which reads the document
      2. replica 1 writes the fact of command a with event 1a, announces it and answers
      3. replica 1 publishes 1a; the broker stores and acknowledges it
      4. replica 1 pulls from the outbox: 1a
      Then no longer true: each event of the document waits in its outbox or is kept in events."
    `));

  it('a relay that goes on after a failure sends a later event first', () =>
    finds({ oneByOne: false }, twoCommands, inOrder).toMatchInlineSnapshot(`
      "1. the client sends command a to replica 1, which reads the document
      2. replica 1 writes the fact of command a with event 1a, announces it and answers
      3. the client sends command b to replica 1, which reads the document
      4. replica 1 writes the fact of command b with event 2b, announces it and answers
      5. replica 1 publishes 1a; it is lost on the way
      6. replica 1 publishes 2b; the broker stores and acknowledges it
      Then no longer true: the stream holds events of the document alone, and each for the first time in the order of the document."
    `));

  it('a relay that is told only the newest event sends it before those that wait', () =>
    finds({ announcesAll: false }, twoCommands, inOrder).toMatchInlineSnapshot(`
      "1. the client sends command a to replica 1, which reads the document
      2. replica 1 writes the fact of command a with event 1a and answers; its relay is too busy to be told
      3. the client sends command b to replica 1, which reads the document
      4. replica 1 writes the fact of command b with event 2b, announces it and answers
      5. replica 1 publishes 2b; the broker stores and acknowledges it
      Then no longer true: the stream holds events of the document alone, and each for the first time in the order of the document."
    `));

  it('without the sweep an event that nobody announced waits for ever', () =>
    finds({ sweeps: false }, aCommand, getsStuck).toMatchInlineSnapshot(`
      "1. the client sends command a to replica 1, which reads the document
      2. replica 1 writes the fact of command a with event 1a and answers; its relay is too busy to be told
      Then no longer true: whatever has happened, once the faults stop something goes on until all is quiet."
    `));

  it('without message ids the stream holds copies', () =>
    finds({ messageId: false }, aCommand, noCopies).toMatchInlineSnapshot(`
      "1. the client sends command a to replica 1, which reads the document
      2. replica 1 writes the fact of command a with event 1a, announces it and answers
      3. the sweep of replica 1 reads the outbox
      4. replica 1 publishes 1a; the broker stores it, but the ack is lost
      5. replica 1 takes up what its sweep found
      6. replica 1 publishes 1a; the broker stores and acknowledges it
      Then no longer true: the stream holds no event twice while the duplicate window lasts."
    `));

  it('without message ids the subscribers’ memory still keeps each effect once', () =>
    expect(
      without({ messageId: false }, { ...aCommand, subscribers: 2, staleSweeps: false, copies: 2 }).violation,
    ).toBeUndefined());

  it('without message ids and without the subscribers’ memory an event takes effect twice', () =>
    finds({ messageId: false, memory: 'none' }, { ...aCommand, subscribers: 1, copies: 2 }, effectOnce).toMatchInlineSnapshot(`
      "1. the client sends command a to replica 1, which reads the document
      2. replica 1 writes the fact of command a with event 1a, announces it and answers
      3. replica 1 publishes 1a; the broker stores and acknowledges it
      4. subscriber 1 is given message 1 (event 1a) and reads its document
      5. subscriber 1 writes the effect of event 1a
      6. subscriber 1 is killed before it acknowledges event 1a, or the ack is lost
      7. subscriber 1 is given message 1 (event 1a) and reads its document
      8. subscriber 1 writes the effect of event 1a
      Then no longer true: no subscriber has the effect of an event twice."
    `));

  it('without the subscribers’ memory a redelivered event takes effect twice, message ids or not', () =>
    finds({ memory: 'none' }, heard, effectOnce).toMatchInlineSnapshot(`
      "1. event 1a comes into the stream
      2. subscriber 1 is given message 1 (event 1a) and reads its document
      3. subscriber 1 writes the effect of event 1a
      4. subscriber 1 is killed before it acknowledges event 1a, or the ack is lost
      5. subscriber 1 is given message 1 (event 1a) and reads its document
      6. subscriber 1 writes the effect of event 1a
      Then no longer true: no subscriber has the effect of an event twice."
    `));

  it('a subscriber that remembers only the highest sequence misses an event that comes behind a later one', () =>
    finds({ memory: 'highest' }, twoHeard, appliedWhenQuiet).toMatchInlineSnapshot(`
      "1. event 1a comes into the stream
      2. event 2b comes into the stream
      3. subscriber 1 is given message 2 (event 2b) and reads its document
      4. subscriber 1 writes the effect of event 2b
      5. subscriber 1 acknowledges message 2
      6. subscriber 1 is given message 1 (event 1a) and reads its document
      7. subscriber 1 finds event 1a applied before
      8. subscriber 1 acknowledges message 1
      Then no longer true: once quiet, each subscriber has the effect of each event of the document."
    `));

  it('an event acknowledged before it is applied is lost with the process', () =>
    finds({ applyBeforeAck: false }, heard, appliedWhenQuiet).toMatchInlineSnapshot(`
      "1. event 1a comes into the stream
      2. subscriber 1 is given message 1 (event 1a) and reads its document
      3. subscriber 1 is killed or throws over event 1a
      Then no longer true: once quiet, each subscriber has the effect of each event of the document."
    `));

  it('an event acknowledged before it is parked is lost with the process', () =>
    finds({ parkBeforeAck: false }, { ...heard, parks: true }, appliedWhenQuiet).toMatchInlineSnapshot(`
      "1. event 1a comes into the stream
      2. subscriber 1 is given message 1 (event 1a) and reads its document
      3. the reaction of subscriber 1 to event 1a throws
      4. subscriber 1 is killed or throws over event 1a
      Then no longer true: once quiet, each subscriber has the effect of each event of the document."
    `));
});
