import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import cliProgress from 'cli-progress';
import { tellOutcome } from './report.ts';
import { runFaults } from './run.ts';

const usage = `npm run faults -- [--commands 2000] [--rate 300] [--kills 20] [--troubles 20] [--seconds 120] [--seed text] [--rolling 300] [--no-replay] [--keep]
  The long form: npm run faults -- --commands 20000 --rate 300 --kills 200 --troubles 100 --seconds 1200
`;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    commands: { type: 'string', default: '2000' },
    rate: { type: 'string', default: '300' },
    kills: { type: 'string', default: '20' },
    troubles: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    rolling: { type: 'string', default: '300' },
    replay: { type: 'boolean', default: true },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const numberOf = (name: 'commands' | 'rate' | 'kills' | 'troubles' | 'seconds' | 'rolling'): number => {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value >= 0) return value;
  process.stderr.write(`--${name} must be a number\n${usage}`);
  process.exit(1);
};

if (values.help) process.stdout.write(usage);
else {
  const commands = numberOf('commands');
  const dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-faults-'));
  process.stdout.write(`seed ${values.seed}\n`);
  const bar = new cliProgress.SingleBar(
    {
      format: '{bar} {value}/{total} commands, {kills} kills, {duration_formatted}: {doing}',
      stream: process.stderr,
      hideCursor: true,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(commands, 0, { kills: 0, doing: 'starting' });
  let failed = true;
  let told = '';
  try {
    const outcome = await runFaults({
      seed: values.seed,
      commands,
      rate: numberOf('rate'),
      kills: numberOf('kills'),
      troubles: numberOf('troubles'),
      seconds: numberOf('seconds'),
      dataDir,
      replay: values.replay,
      rolling: numberOf('rolling'),
      onProgress: ({ commands: sent, kills, doing }) => {
        bar.update(sent, { kills, doing });
        const tenths = `${doing}: ${Math.min(10, Math.floor((10 * sent) / commands)) * 10} % of the commands`;
        if (process.stderr.isTTY || tenths === told) return;
        told = tenths;
        process.stderr.write(`${new Date().toISOString()} ${tenths}, ${kills} kills\n`);
      },
    });
    bar.stop();
    process.stdout.write(tellOutcome(outcome));
    failed = outcome.failings.length > 0;
  } finally {
    bar.stop();
    // What failed is kept: its logs and databases tell how.
    if (failed || values.keep) process.stdout.write(`The data directory stays: ${dataDir}\n`);
    else await rm(dataDir, { recursive: true, force: true });
  }
  process.exitCode = failed ? 1 : 0;
}
