const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const parsed = (line: string): Record<string, unknown> | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const errorLevel = 50;

/** A log line as a person reads it: pino's message without its JSON, anything else as it is. */
export const readable = (line: string): string => {
  const entry = parsed(line);
  if (!entry) return line;
  const { err } = entry;
  const cause = isRecord(err) && typeof err.message === 'string' ? `: ${err.message}` : '';
  return typeof entry.msg === 'string' ? `${entry.msg}${cause}` : line;
};

const isFrame = (line: string): boolean => /^\s+at /.test(line) || /^\s*(Node\.js v|\^|\}|$)/.test(line);

/** The line by which a part that ended told why: its own words on standard error, else the last error in its log. */
export const lastWords = (
  lines: readonly { readonly from: 'stdout' | 'stderr'; readonly line: string }[],
): string | undefined => {
  const spoken = lines.filter(({ from, line }) => from === 'stderr' && !parsed(line) && !isFrame(line)).map(({ line }) => line);
  const fatal = spoken.findLast((line) => /\[FTL\]|cannot start|Error/.test(line)) ?? spoken.at(-1);
  if (fatal !== undefined) return fatal.replace(/^\[\d+\] \S+ \S+ \[FTL\] /, '');
  const logged = lines.findLast(({ line }) => Number(parsed(line)?.level) >= errorLevel);
  return logged ? readable(logged.line) : undefined;
};
