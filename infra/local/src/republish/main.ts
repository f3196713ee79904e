import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type RefillOrder, type RefillOrders, refillOrders } from '@umuhuza/eventing/refillOrders';
import { handOrder } from '@umuhuza/eventing/streamKeeper';
import { CannotDo, connectDatabases, eventServices, runTool, serviceNamed } from '../tools/runningSystem.ts';

const usage = `npm run republish -- --since <instant> [--service <name>]

Each service looks whether its stream still holds what it sent since then, and sends again what is missing. Services notice a broker
that lost its end by themselves; this is for when you want to be sure.
  --since    an instant or a day, such as 2026-11-23T12:00:00Z or 2026-11-23
  --service  this service only`;

const lookEvery = 250;
/** Milliseconds without any news after which a service is taken for not running. */
const patience = 15_000;

const instantOf = (text: string | undefined): Date => {
  const at = new Date(text ?? '');
  if (text === undefined || Number.isNaN(at.getTime()))
    throw new CannotDo(`${text === undefined ? 'Since when?' : `${text} is no instant.`}\n\n${usage}`);
  return at;
};

const run = async (): Promise<number> => {
  const { since, service, help } = readArguments();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const from = instantOf(since);
  const services = service === undefined ? eventServices : [serviceNamed(service)];
  const databases = await connectDatabases(process.env);
  try {
    const asked = await Promise.all(
      services.map(async (name) => {
        const database = databases.of(name);
        // A service that has sent nothing has nothing to look for, and nobody who would look.
        if ((await database.collection('events').findOne({}, { projection: { _id: 1 } })) === null) return undefined;
        const orders = refillOrders(database);
        await orders.ask(handOrder, { since: from }, new Date());
        return { name, orders };
      }),
    );
    const ended = await Promise.all(asked.filter((one) => one !== undefined).map(follow));
    if (ended.length === 0) process.stdout.write('No event was sent yet.\n');
    return ended.every(Boolean) ? 0 : 1;
  } finally {
    await databases.close();
  }
};

const readArguments = () => {
  try {
    return parseArgs({
      options: { since: { type: 'string' }, service: { type: 'string' }, help: { type: 'boolean', default: false } },
    }).values;
  } catch (error) {
    throw new CannotDo(`${error instanceof Error ? error.message : error}\n\n${usage}`, { cause: error });
  }
};

/** Shows how far it is until it has ended; false when nobody works on it. */
const follow = async ({ name, orders }: { name: string; orders: RefillOrders }): Promise<boolean> => {
  let before: RefillOrder | undefined;
  let until = performance.now() + patience;
  while (performance.now() < until) {
    const order = await orders.find(handOrder);
    if (order?.endedAt) {
      process.stdout.write(`✓ ${name}: ${order.checked} events looked at, ${order.sent} were missing and sent again\n`);
      return true;
    }
    if (order && (order.checked !== before?.checked || order.total !== before.total)) {
      until = performance.now() + patience;
      if (order.total !== undefined && order.checked > 0)
        process.stderr.write(`  ${name}: ${order.checked} of ${order.total}, ${order.sent} sent again\n`);
    }
    before = order;
    await delay(lookEvery);
  }
  process.stdout.write(`… ${name} waits: it does it as soon as it runs\n`);
  return false;
};

await runTool(run);
