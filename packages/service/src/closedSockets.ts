import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const socketOpened = 'net.client.socket';

/** By then whoever minds that a socket closed has taken its listeners away. */
const wakeForgotten = (message: unknown): void => {
  const { socket } = message as { readonly socket: Socket };
  socket.once('close', () => {
    setImmediate(() => {
      if (socket.listenerCount('drain') > 0) socket.emit('drain');
    });
  });
};

/**
 * Wakes who waits for a socket that has closed to drain. MongoDB's driver (7.8) waits so, and without end, when it writes to a
 * socket that has ended but has not yet said so: that command never settles, and when it was the monitor's, its client sees no server
 * any more, however long the database is up again. Woken, it finds that the connection is closed. Ends with the function it answers.
 */
export const wakeWritersOfClosedSockets = (): (() => void) => {
  subscribe(socketOpened, wakeForgotten);
  return () => unsubscribe(socketOpened, wakeForgotten);
};
