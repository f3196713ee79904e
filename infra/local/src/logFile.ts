import { createWriteStream, existsSync, openSync, renameSync } from 'node:fs';

export type LogFile = { write(line: string): void; close(): Promise<void> };

const tenMegabytes = 10 * 1024 ** 2;

/**
 * The log of one part. What the run before wrote moves to `<path>.1`, and so does a file that has grown to its bound: two files of
 * that size are the most a part ever takes.
 */
export const openLogFile = (path: string, maxBytes = tenMegabytes): LogFile => {
  const setAside = () => {
    if (existsSync(path)) renameSync(path, `${path}.1`);
  };
  const open = () => {
    const stream = createWriteStream(path, { fd: openSync(path, 'a', 0o600) });
    stream.on('error', (error) => {
      // A full disk must not end the system; it is told once, on the terminal.
      if (!complained) process.stderr.write(`${path} cannot be written: ${error.message}\n`);
      complained = true;
    });
    return stream;
  };
  let complained = false;
  let bytes = 0;
  setAside();
  let stream = open();
  return {
    write: (line) => {
      const size = Buffer.byteLength(line) + 1;
      if (bytes > 0 && bytes + size > maxBytes) {
        stream.end();
        setAside();
        stream = open();
        bytes = 0;
      }
      bytes += size;
      stream.write(`${line}\n`);
    },
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
};
