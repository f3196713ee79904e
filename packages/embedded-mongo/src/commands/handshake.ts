import { maxDocumentBytes } from '../bson/values.ts';
import { failure, unsupported } from '../errors.ts';
import { maxMessageBytes } from '../wire.ts';
import { type Command, type Request, reply } from './command.ts';

/** The version of MongoDB whose behaviour is followed. */
const version = '7.0.0';
const wireVersion = 21;

const hello = ({ name, connectionId }: Request) =>
  reply({
    helloOk: true,
    ...(name === 'hello' ? {} : { ismaster: true }),
    isWritablePrimary: true,
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: wireVersion,
    readOnly: false,
  });

const helloCommand: Command = {
  writes: false,
  fields: [
    'helloOk',
    'client',
    'compression',
    'topologyVersion',
    'maxAwaitTimeMS',
    'saslSupportedMechs',
    'speculativeAuthenticate',
    'loadBalanced',
    'hostInfo',
    'internalClient',
    'backpressure',
    '$replData',
  ],
  run: hello,
};

const empty: Command = { writes: false, fields: ['ids', 'sessions', 'abort'], run: () => reply({}) };

const noTransaction: Command = {
  writes: false,
  fields: ['recoveryToken'],
  run: () => {
    throw failure('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  },
};

const noUsers: Command = {
  writes: false,
  fields: ['mechanism', 'payload', 'options', 'conversationId', 'autoAuthorize', 'user', 'db'],
  run: () => {
    throw unsupported('Authentication');
  },
};

export const handshake: Readonly<Record<string, Command>> = {
  hello: helloCommand,
  isMaster: helloCommand,
  ismaster: helloCommand,
  ping: empty,
  endSessions: empty,
  refreshSessions: empty,
  killSessions: empty,
  startSession: { writes: false, fields: [], run: () => reply({ timeoutMinutes: 30 }) },
  commitTransaction: noTransaction,
  abortTransaction: noTransaction,
  saslStart: noUsers,
  saslContinue: noUsers,
  authenticate: noUsers,
  logout: empty,
  buildInfo: {
    writes: false,
    fields: [],
    run: () =>
      reply({
        version,
        versionArray: [7, 0, 0, 0],
        gitVersion: 'none',
        modules: ['umuhuza-embedded'],
        maxBsonObjectSize: maxDocumentBytes,
        bits: 64,
        debug: false,
      }),
  },
  buildinfo: {
    writes: false,
    fields: [],
    run: () =>
      reply({
        version,
        versionArray: [7, 0, 0, 0],
        gitVersion: 'none',
        modules: ['umuhuza-embedded'],
        maxBsonObjectSize: maxDocumentBytes,
        bits: 64,
        debug: false,
      }),
  },
  whatsmyuri: { writes: false, fields: [], run: ({ connectionId }) => reply({ you: `connection ${connectionId}` }) },
  connectionStatus: {
    writes: false,
    fields: ['showPrivileges'],
    run: () => reply({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  },
  getParameter: {
    writes: false,
    fields: ['featureCompatibilityVersion', 'authenticationMechanisms', 'allParameters'],
    run: () => reply({ featureCompatibilityVersion: { version: '7.0' } }),
  },
  getCmdLineOpts: { writes: false, fields: [], run: () => reply({ argv: [], parsed: {} }) },
  getLog: { writes: false, fields: [], run: () => reply({ totalLinesWritten: 0, log: [] }) },
  hostInfo: { writes: false, fields: [], run: () => reply({ system: {}, os: {}, extra: {} }) },
  serverStatus: {
    writes: false,
    fields: ['repl', 'metrics', 'locks'],
    run: () => reply({ version, process: 'umuhuza-embedded-mongo', pid: process.pid, uptime: process.uptime(), ok: 1 }),
  },
};
