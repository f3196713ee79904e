import { startEmbeddedMongo } from '../server.ts';

/** A server of its own process for the bench: `serve.ts <folder> [each]`; tells its memory when it is asked on standard input. */
const [, , folder = '', mode] = process.argv;
const server = await startEmbeddedMongo({ file: folder, commitEach: mode === 'each' });
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
process.stdin.on('data', () => process.stdout.write(`${JSON.stringify({ rss: process.memoryUsage.rss() })}\n`));
process.stdin.on('end', () => void server.close());
