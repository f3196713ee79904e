import mongoose, { type Connection } from 'mongoose';
import { wakeWritersOfClosedSockets } from './closedSockets.ts';
import { StartFailure } from './startFailure.ts';

export type Mongo = { readonly connection: Connection; readonly isConnected: () => boolean; readonly stop: () => Promise<void> };

/** Connects to the service's own database. Acknowledged means written to the journal of a majority. */
export const connectMongo = async (url: string, service: string, database = `umuhuza_${service}`): Promise<Mongo> => {
  const wakeNobodyMore = wakeWritersOfClosedSockets();
  const connection = mongoose.createConnection(url, {
    dbName: database,
    appName: service,
    maxPoolSize: 20,
    serverSelectionTimeoutMS: 5_000,
    ignoreUndefined: true,
    writeConcern: { w: 'majority', journal: true },
  });
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.destroy().catch(() => connection);
    wakeNobodyMore();
    throw new StartFailure(
      `MongoDB cannot be reached at ${withoutPassword(url)} (${error instanceof Error ? error.message : String(error)}). Start it, or set MONGODB_URL.`,
      { cause: error },
    );
  }
  return {
    connection,
    isConnected: () => connection.readyState === mongoose.ConnectionStates.connected,
    stop: async () => {
      await connection.close();
      wakeNobodyMore();
    },
  };
};

const withoutPassword = (url: string): string => url.replace(/\/\/[^@/]*@/, '//…@');
