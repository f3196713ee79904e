import { parseArgs } from 'node:util';
import { explore, inWords } from './explore.ts';
import { protocol } from './protocol.ts';
import { scenes, wideScenes } from './scenes.ts';

/** `node packages/eventing/src/model/main.ts [--wide]`: every scene with its figures; exits with 1 on a violation. */
const { values } = parseArgs({ options: { wide: { type: 'boolean', default: false } } });

for (const [name, scene] of Object.entries(values.wide ? wideScenes : scenes)) {
  const before = process.cpuUsage();
  const explored = explore(protocol(scene));
  const { user, system } = process.cpuUsage(before);
  const seconds = ((user + system) / 1e6).toFixed(1);
  console.log(
    `${name}: ${explored.states} states, ${explored.steps} steps, ${explored.quiet} quiet, ${seconds} s of processor time`,
  );
  if (explored.violation) {
    console.error(inWords(explored));
    process.exitCode = 1;
  }
}
