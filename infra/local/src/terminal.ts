import { checklist, eventLine, noteEvent, type Rows } from './display.ts';
import type { PartEvent } from './system.ts';
import type { PartName } from './topology.ts';

export type Terminal = {
  onEvent(event: PartEvent): void;
  line(text: string): void;
  /** The start is over: what comes now are lines below the finished checklist. */
  settle(): void;
};

const frameMs = 80;

/** Shows the start: a live checklist where a person watches, plain lines in a pipe or a log. */
export const openTerminal = (out: NodeJS.WriteStream, parts: readonly PartName[], live: boolean): Terminal => {
  const began = performance.now();
  const since = () => performance.now() - began;
  const write = (text: string) => out.write(`${text}\n`);
  let rows: Rows = {};
  let drawn = 0;
  let frame = 0;
  let starting = true;

  const clear = () => {
    if (drawn > 0) out.write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  const draw = () => {
    clear();
    const lines = checklist(parts, rows, frame, out.columns || 80);
    out.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  const ticking = live
    ? setInterval(() => {
        frame += 1;
        draw();
      }, frameMs).unref()
    : undefined;
  if (live) draw();

  return {
    onEvent: (event) => {
      rows = noteEvent(rows, event, since());
      if (live && starting) return draw();
      const text = eventLine(event, starting ? since() : undefined);
      if (text !== undefined) write(text);
    },
    line: (text) => {
      if (live && starting) clear();
      write(text);
      if (live && starting) draw();
    },
    settle: () => {
      if (live && starting) draw();
      clearInterval(ticking);
      starting = false;
      drawn = 0;
    },
  };
};
