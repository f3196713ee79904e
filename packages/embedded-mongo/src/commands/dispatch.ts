import { encode } from '../bson/values.ts';
import { failure, MongoFailure } from '../errors.ts';
import { collections } from './collections.ts';
import { type Command, checkCommand, type Engine, type Reply, type Request, reply } from './command.ts';
import { explainAggregate, explains } from './explain.ts';
import { handshake } from './handshake.ts';
import { aggregateWrites, reads } from './reads.ts';
import { writes } from './writes.ts';

const commands: Readonly<Record<string, Command>> = { ...handshake, ...reads, ...writes, ...collections, ...explains };

/** Commands MongoDB has and this server leaves out. */
const leftOut = new Set([
  ...[
    'mapReduce',
    'mapreduce',
    'bulkWrite',
    'renameCollection',
    'compact',
    'validate',
    'reIndex',
    'convertToCapped',
    'cloneCollectionAsCapped',
  ],
  ...[
    'createUser',
    'updateUser',
    'dropUser',
    'usersInfo',
    'createRole',
    'rolesInfo',
    'grantRolesToUser',
    'replSetInitiate',
    'replSetGetStatus',
  ],
  ...[
    'shardCollection',
    'enableSharding',
    'currentOp',
    'killOp',
    'fsync',
    'profile',
    'setParameter',
    'shutdown',
    'top',
    'dbHash',
    'filemd5',
  ],
  ...[
    'createSearchIndexes',
    'listSearchIndexes',
    'dropSearchIndex',
    'updateSearchIndex',
    'planCacheClear',
    'setFeatureCompatibilityVersion',
  ],
]);

export const errorReply = (error: MongoFailure): Reply =>
  encode({ ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details });

/** What went wrong that no client could know of: told in the reply and to `report`, not hidden. */
const asFailure = (error: unknown, report: (error: unknown) => void): MongoFailure => {
  if (error instanceof MongoFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/no such table/.test(message)) return failure('QueryPlanKilled', 'the collection was dropped while the cursor was open');
  report(error);
  if (/disk is full|disk I\/O/i.test(message)) return failure('OutOfDiskSpace', `the data could not be written: ${message}`);
  return failure('InternalError', message);
};

/** Runs a command to its reply. Errors are replies, and leave no trace of the command in the store. */
export const dispatch = (request: Request, engine: Engine, report: (error: unknown) => void): Reply => {
  try {
    const command = Object.hasOwn(commands, request.name) ? commands[request.name] : undefined;
    if (!command) {
      if (leftOut.has(request.name))
        throw failure(
          'CommandNotSupported',
          `The command ${request.name} is not supported by the embedded MongoDB stand-in; set MONGODB_URL to use a real server`,
        );
      throw failure('CommandNotFound', `no such command: '${request.name}'`);
    }
    checkCommand(command, request);
    if (request.name === 'aggregate' && request.body.explain === true) return reply(explainAggregate(request, engine));
    const writing = command.writes || (request.name === 'aggregate' && aggregateWrites(request.body));
    if (!writing) return command.run(request, engine);
    return atomically(command, request, engine);
  } catch (error) {
    return errorReply(asFailure(error, report));
  }
};

const atomically = (command: Command, request: Request, engine: Engine): Reply => {
  try {
    return engine.store.atomically(() => command.run(request, engine));
  } catch (error) {
    // What was held in memory may speak of what has just been undone.
    engine.catalog.reload();
    throw error;
  }
};
