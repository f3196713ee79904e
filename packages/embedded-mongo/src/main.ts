import { startEmbeddedMongo } from './server.ts';
import { StoreUnusable } from './storage/unusable.ts';

const { MONGO_HOST: host = '127.0.0.1', MONGO_PORT: portText = '27017', DATA_DIR: file = '.data/mongo' } = process.env;

const giveUp = (reason: string): never => {
  process.stderr.write(`embedded-mongo cannot start: ${reason}\n`);
  process.exit(1);
};

const reasonOf = (error: unknown, port: number): string => {
  if (error instanceof StoreUnusable) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is taken. Stop what uses it, or set MONGO_PORT.`;
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `it cannot listen on ${host}:${port} (${code}). Set MONGO_HOST and MONGO_PORT.`;
  return error instanceof Error ? error.message : String(error);
};

const port = Number(portText);
if (!Number.isInteger(port) || port < 0 || port > 65535)
  giveUp(`MONGO_PORT is ${portText}; it must be a number from 0 to 65535.`);

const server = await startEmbeddedMongo({ file, host, port }).catch((error: unknown) => giveUp(reasonOf(error, port)));
process.stdout.write(`${JSON.stringify({ ready: 'embedded-mongo', url: server.url })}\n`);

const stop = () => {
  server.close().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`embedded-mongo: ${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
