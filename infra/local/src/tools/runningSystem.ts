import { resolve } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import { CannotStart } from '../cannotStart.ts';
import { readRun } from '../dataDirectory.ts';
import { serviceNames } from '../topology.ts';

/** The services that keep events, each in a database of its own; the portal keeps none. */
export const eventServices: readonly string[] = serviceNames.filter((name) => name !== 'portal');

/** A tool was asked for something it cannot do; the message says what to type instead. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo';
}

export type Databases = {
  readonly of: (service: string) => Connection;
  readonly close: () => Promise<void>;
};

/** `MONGODB_URL`, else the database of the system that runs on the data directory. */
export const mongoUrlOf = async (environment: NodeJS.ProcessEnv): Promise<string> => {
  if (environment.MONGODB_URL) return environment.MONGODB_URL;
  const dataDir = resolve(environment.DATA_DIR ?? '.data');
  const run = await readRun(dataDir);
  if (!run) throw new CannotStart(`No system has run on ${dataDir}. Start it (npm start), or set DATA_DIR or MONGODB_URL.`);
  return run.mongodbUrl;
};

/** The services' databases, for tools that people run beside the system. */
export const connectDatabases = async (environment: NodeJS.ProcessEnv): Promise<Databases> => {
  const url = await mongoUrlOf(environment);
  const connection = mongoose.createConnection(url, { serverSelectionTimeoutMS: 3_000, maxPoolSize: 5 });
  try {
    await connection.asPromise();
  } catch (error) {
    // It never was one; why is said below.
    await connection.destroy().catch(() => undefined);
    const where = url.replace(/\/\/[^@/]*@/, '//…@');
    throw new CannotStart(
      `The database does not answer at ${where}. Start the system (npm start), or set DATA_DIR or MONGODB_URL.`,
      {
        cause: error,
      },
    );
  }
  return {
    of: (service) => connection.useDb(`umuhuza_${service}`, { useCache: true }),
    close: () => connection.close(),
  };
};

export const serviceNamed = (name: string): string => {
  if (eventServices.includes(name)) return name;
  throw new CannotDo(`There is no service ${name}. The services are ${eventServices.join(', ')}.`);
};

/** Runs a tool: what a person can mend is told in one line, anything else is a defect and shows where it happened. */
export const runTool = async (tool: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await tool();
  } catch (error) {
    const mendable = error instanceof CannotStart || error instanceof CannotDo;
    process.stderr.write(`${mendable ? error.message : error instanceof Error ? error.stack : error}\n`);
    process.exitCode = 1;
  }
};
