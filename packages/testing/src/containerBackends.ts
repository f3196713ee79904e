import { GenericContainer, Wait } from 'testcontainers';
import { accountsConfig } from './natsAccounts.ts';

/** The official images: what production runs. */
const images = { mongo: process.env.MONGO_IMAGE ?? 'mongo:8.0', nats: process.env.NATS_IMAGE ?? 'nats:2.14.5' };

export const containerBackends = async () => {
  const config = accountsConfig({ host: '0.0.0.0', port: 4222, storeDir: '/data' });
  const [mongo, nats] = await Promise.all([
    new GenericContainer(images.mongo)
      .withExposedPorts(27017)
      .withWaitStrategy(Wait.forLogMessage(/Waiting for connections/))
      .start(),
    new GenericContainer(images.nats)
      .withExposedPorts(4222)
      .withCopyContentToContainer([{ content: config, target: '/etc/nats/test.conf' }])
      .withCommand(['--config', '/etc/nats/test.conf'])
      .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
      .start(),
  ]);
  return {
    mongoUrl: `mongodb://${mongo.getHost()}:${mongo.getMappedPort(27017)}`,
    natsUrl: `nats://${nats.getHost()}:${nats.getMappedPort(4222)}`,
    stop: async () => {
      await Promise.all([mongo.stop(), nats.stop()]);
    },
  };
};
