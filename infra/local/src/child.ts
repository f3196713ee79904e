import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type Child = {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  isRunning(): boolean;
  kill(signal: NodeJS.Signals): void;
};

export type ChildOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly onLine?: (line: string, from: 'stdout' | 'stderr') => void;
};

/**
 * A small watcher waits on a pipe whose other end only the parent holds, and the command takes over the shell's own process id.
 * When the parent is gone, even by kill -9, the pipe ends and the watcher stops the command; a line on the pipe sends the
 * watcher home instead. It works on every Unix and needs nothing from the command.
 */
const dieWithParent = `
exec 3<&0
(read -r _ <&3 || {
  kill -TERM $$
  n=0
  while [ $n -lt 10 ] && kill -0 $$; do sleep 1; n=$((n + 1)); done
  kill -KILL $$
}) >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-
`;

/** Grace between SIGTERM and SIGKILL, in milliseconds. */
export const graceMs = 10_000;

/** Starts a command that cannot outlive this process. It is not reached by a Ctrl-C at the terminal: the parent decides. */
export const startChild = ({ command, args, env = process.env, cwd, onLine }: ChildOptions): Child => {
  const child = spawn('sh', ['-c', dieWithParent, 'sh', command, ...args], {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started: the shell sh is missing.`);
  const watcher = child.stdin;
  watcher.on('error', () => {
    // Writing to a watcher that is already gone: there is nobody left to tell.
  });
  for (const from of ['stdout', 'stderr'] as const) {
    createInterface({ input: child[from] }).on('line', (line) => onLine?.(line, from));
  }
  let running = true;
  child.once('exit', () => {
    running = false;
    watcher.end('done\n');
  });
  const ended = new Promise<Ended>((resolve) => {
    // 'close' comes after the last line was read, so that what a dying child said is known when its end is.
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  return {
    pid,
    ended,
    isRunning: () => running,
    kill: (signal) => {
      if (running) child.kill(signal);
    },
  };
};

/** SIGTERM, and SIGKILL when it has not ended within `withinMs`. */
export const stopChild = async (child: Child, withinMs = graceMs): Promise<Ended> => {
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), withinMs);
  try {
    return await child.ended;
  } finally {
    clearTimeout(force);
  }
};
