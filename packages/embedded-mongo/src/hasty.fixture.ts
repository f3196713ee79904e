import { startEmbeddedMongo } from './server.ts';

/** A server that empties its log all the time: to be killed while it does. */
const server = await startEmbeddedMongo({ file: process.env.DATA_DIR ?? '', forgetWithin: 1 });
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
