import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

export type Child = {
  readonly url: string;
  readonly port: number;
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>;
};

const spawnMain = (env: NodeJS.ProcessEnv, entry = main): ChildProcess =>
  spawn(process.execPath, [entry], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });

/** Starts the server as a process of its own, for tests that kill it; resolves when it says that it is ready. */
export const startChild = async (dataDir: string, port = 0, entry = main): Promise<Child> => {
  const child = spawnMain({ DATA_DIR: dataDir, MONGO_PORT: String(port) }, entry);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk) => {
      out += String(chunk);
      const [line, rest] = out.split('\n', 2);
      if (rest !== undefined) resolve(JSON.parse(line ?? '') as { url: string });
    });
    child.stderr?.on('data', (chunk) => {
      err += String(chunk);
    });
    exited.then(() => reject(new Error(`it ended before it was ready: ${err}`)), reject);
  });
  return {
    url,
    port: Number(new URL(url).port),
    kill: async (signal) => {
      child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
};

/** Starts a process that is expected not to start. */
export const failingChild = async (env: NodeJS.ProcessEnv): Promise<{ code: number | null; stderr: string; stdout: string }> => {
  const child = spawnMain({ MONGO_PORT: '0', ...env });
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr, stdout };
};

const filesIn = (folder: string): string =>
  readdirSync(folder)
    .map((name) => {
      const at = statSync(join(folder, name), { throwIfNoEntry: false });
      return `${name} ${at?.size} ${at?.mtimeMs}`;
    })
    .join();

/** Starts a process and kills it so many milliseconds after it first touched a file in its folder. */
export const killedAfterItsFirstTouch = async (dataDir: string, milliseconds: number): Promise<void> => {
  const before = filesIn(dataDir);
  const child = spawnMain({ DATA_DIR: dataDir, MONGO_PORT: '0' });
  const exited = once(child, 'exit');
  while (filesIn(dataDir) === before) await new Promise((resolve) => setTimeout(resolve, 1));
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill('SIGKILL');
  await exited;
};
