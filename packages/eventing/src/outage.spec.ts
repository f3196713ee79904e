import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { isOutage } from './outage.ts';

const { mongo } = mongoose;

it.each([
  new mongo.MongoNetworkError('read ECONNRESET'),
  new mongo.MongoNetworkTimeoutError('connection timed out'),
  new mongo.MongoServerSelectionError('no server', {} as never),
  new mongo.MongoNotConnectedError('Client must be connected'),
  new mongo.MongoTopologyClosedError('Topology is closed'),
  // As the driver names what it interrupts once its monitor has met an error; the class itself it keeps to itself.
  Object.defineProperty(new mongo.MongoNetworkError('interrupted'), 'name', { value: 'PoolClearedOnNetworkError' }),
])('$name is an outage', (error) => expect(isOutage(error)).toBe(true));

it.each([
  new mongo.MongoServerError({ message: 'E11000 duplicate key', code: 11_000 }),
  new mongo.MongoInvalidArgumentError('no BSON'),
  new TypeError('a mistake'),
  'MongoNetworkError',
])('%s is none', (error) => expect(isOutage(error)).toBe(false));
