import { type Bar, MultiBar, Presets } from 'cli-progress';

/** How a demonstration shows itself: a title a step, a bar while it works, and lines with links. */
export type Display = {
  readonly step: <Result>(
    title: string,
    total: number,
    work: (tick: (what?: string) => void) => Promise<Result>,
  ) => Promise<Result>;
  readonly line: (text: string) => void;
};

/** For a terminal: a live bar a step. Elsewhere: a line when a step begins and one when it is done. */
export const terminalDisplay = (out: NodeJS.WriteStream): Display => {
  let n = 0;
  const line = (text: string) => out.write(`   ${text}\n`);
  return {
    line,
    step: async (title, total, work) => {
      n += 1;
      out.write(`\n${String(n).padStart(2)}. ${title}\n`);
      if (total === 0) line('nothing left to do: an earlier run did it');
      const begun = performance.now();
      const bars = new MultiBar(
        { format: '   {bar} {value}/{total} {what}', stream: out, hideCursor: true, clearOnComplete: true, noTTYOutput: false },
        Presets.shades_classic,
      );
      const bar: Bar | undefined = out.isTTY ? bars.create(total, 0, { what: '' }) : undefined;
      let done = 0;
      try {
        const result = await work((what = '') => {
          done += 1;
          bar?.increment(1, { what });
        });
        bars.stop();
        if (total > 0) line(`✓ ${done} of ${total} in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
        return result;
      } catch (error) {
        bars.stop();
        line(`✗ stopped at ${done} of ${total}`);
        throw error;
      }
    },
  };
};
