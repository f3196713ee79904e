import { Agent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

type Connected = (error: Error | null, socket: Duplex) => void;

/** Milliseconds between looks whether the service listens again; one look for all that wait. */
const lookEvery = 50;

/**
 * The kept connections to one service. Where it refuses connections, as it does while it is restarted, nothing has been sent yet: the
 * request waits until the service listens again, for at most `restartsWithin` milliseconds from the first refusal. A service that stays
 * away longer is refused at once, until it answers again.
 */
export class PatientAgent extends Agent {
  readonly #restartsWithin: number;
  #awaySince: number | undefined;
  #looking: Promise<void> | undefined;

  constructor(options: AgentOptions, restartsWithin: number) {
    super(options);
    this.#restartsWithin = restartsWithin;
  }

  override createConnection(options: ClientRequestArgs, callback: Connected): undefined {
    this.#attempt(
      options,
      (socket) => callback(null, socket),
      async (error) => {
        if (!isRefusal(error) || !this.#isPatient()) return callback(error, undefined as never);
        this.#looking ??= this.#look(options).finally(() => {
          this.#looking = undefined;
        });
        await this.#looking;
        this.createConnection(options, callback);
      },
    );
  }

  #attempt(options: ClientRequestArgs, onConnected: (socket: Socket) => void, onFailed: (error: Error) => void): void {
    const socket = super.createConnection(options) as Socket;
    const failed = (error: Error) => {
      socket.off('connect', connected);
      onFailed(error);
    };
    const connected = () => {
      socket.off('error', failed);
      this.#awaySince = undefined;
      onConnected(socket);
    };
    socket.once('error', failed).once('connect', connected);
  }

  #isPatient(): boolean {
    this.#awaySince ??= performance.now();
    return performance.now() - this.#awaySince < this.#restartsWithin;
  }

  async #look(options: ClientRequestArgs): Promise<void> {
    for (let listens = false; !listens && this.#isPatient(); ) {
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
      listens = await new Promise<boolean>((resolve) =>
        this.#attempt(
          options,
          (socket) => {
            socket.destroy();
            resolve(true);
          },
          () => resolve(false),
        ),
      );
    }
  }
}

const isRefusal = (error: Error): boolean => 'code' in error && error.code === 'ECONNREFUSED';
