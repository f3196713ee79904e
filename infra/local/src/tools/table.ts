/** Columns as wide as their widest cell; the last one takes what the width leaves, and is cut there. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[], width: number): string[] => {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) => {
    const line = row
      .map((cell, column) => (column === head.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .replaceAll('\n', ' ');
    return line.length > width ? `${line.slice(0, width - 1)}…` : line;
  });
};
