import { fileURLToPath } from 'node:url';
import { CannotStart } from './cannotStart.ts';
import { welcome } from './display.ts';
import { readable } from './lastWords.ts';
import { readLaunchConfig } from './launchConfig.ts';
import { type RunningSystem, startSystem } from './system.ts';
import { openTerminal } from './terminal.ts';
import { partsOf, serviceNames } from './topology.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

const run = async (): Promise<void> => {
  const config = readLaunchConfig(process.env, process.argv.slice(2), { repository, workingDirectory: process.cwd() });
  const { dataDir, port, host, publicUrl, external, verbose } = config;
  const began = performance.now();
  process.stdout.write('Umuhuza is starting\n\n');
  const terminal = openTerminal(process.stdout, partsOf(serviceNames, external), process.stdout.isTTY && !verbose);

  const interrupted = new AbortController();
  let system: RunningSystem | undefined;
  let asked = 0;
  const stop = async () => {
    asked += 1;
    interrupted.abort();
    if (!system) return; // The start sees the interruption and cleans up.
    if (asked === 1) terminal.line('\nStopping; press Ctrl-C again to end everything at once.');
    await system.stop({ force: asked > 1 });
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

  try {
    system = await startSystem({
      dataDir,
      port,
      host,
      ...(publicUrl === undefined ? {} : { publicUrl }),
      external,
      signal: interrupted.signal,
      onEvent: terminal.onEvent,
      onLine: (part, line) => {
        if (verbose) terminal.line(`[${part}] ${readable(line)}`);
      },
    });
  } finally {
    terminal.settle();
  }
  if (system.leftovers > 0) terminal.line(`${system.leftovers} processes of a run that was killed were ended first.`);
  const setupLink = await system.setupLink().catch((error: unknown) => {
    terminal.line(`The one-time link is not known: ${error instanceof Error ? error.message : error}`);
    return undefined;
  });
  const tookMs = performance.now() - began;
  for (const line of welcome({ url: system.url, tookMs, setupLink, dataDir, external, workingDirectory: process.cwd() }))
    terminal.line(line);
};

try {
  await run();
} catch (error) {
  // What a person can mend is told in one line; anything else is a defect and shows where it happened.
  process.stderr.write(`\n${error instanceof CannotStart ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
}
