import cliProgress from 'cli-progress';

/** A measured value with what we aim at, like `>=0.6`; without an aim it is for information. */
export type Figure = { readonly name: string; readonly value: number; readonly unit: string; readonly aim?: string };

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** Whether a figure meets its aim; undefined without one. */
export const meets = ({ value, aim }: Figure): boolean | undefined => {
  const [, sign, bound] = /^(>=|<=)([\d.]+)$/.exec(aim ?? '') ?? [];
  if (!sign) return undefined;
  return sign === '>=' ? value >= Number(bound) : value <= Number(bound);
};

/** Runs the rounds with a bar on standard error, so that standard output stays the table and the JSON line. */
export const rounds = async (title: string, count: number, round: (n: number) => Promise<void>): Promise<void> => {
  const bar = new cliProgress.SingleBar(
    { format: `${title} {bar} {value}/{total} rounds`, stream: process.stderr, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(count, 0);
  for (let n = 0; n < count; n++) {
    await round(n);
    bar.increment();
  }
  bar.stop();
};

/** A table for people, and as the last line one JSON object for tools. */
export const print = (bench: string, figures: readonly Figure[]): void => {
  const rounded = figures.map((figure) => ({ ...figure, value: Number(figure.value.toPrecision(4)) }));
  const width = Math.max(...rounded.map(({ name }) => name.length));
  const verdict = (figure: Figure) =>
    ({ true: 'met', false: 'MISSED', undefined: '' })[String(meets(figure)) as 'true' | 'false' | 'undefined'];
  for (const figure of rounded)
    process.stdout.write(
      `${figure.name.padEnd(width)}  ${String(figure.value).padStart(10)} ${figure.unit.padEnd(12)} ${(figure.aim ?? '').padEnd(8)} ${verdict(figure)}\n`,
    );
  process.stdout.write(`${JSON.stringify({ bench, figures: rounded })}\n`);
};
