import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tryLock } from './fileLock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'umuhuza-main-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const npmStart = async (environment: Record<string, string>, ...args: string[]) => {
  const main = new URL('./main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, DATA_DIR: folder, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  const said: string[] = [];
  child.stderr.on('data', (data) => said.push(String(data)));
  const [code] = await once(child, 'close');
  return { code, lines: said.join('').trim().split('\n') };
};

describe('a start that cannot be ends with one line that names what to do', () => {
  it('when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, lines } = await npmStart({ PORT: String(port) });
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toContain(`PORT=${port + 1} npm start`);
    other.close();
  });

  it('when another one runs on the same data', async () => {
    const lock = tryLock(join(folder, 'lock'));
    const { code, lines } = await npmStart({ PORT: '1' });
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toMatch(/already runs on .*Stop it first/);
    lock?.release();
  });

  it('when the data directory is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    const { code, lines } = await npmStart({ DATA_DIR: join(folder, 'file') });
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toMatch(/is not a folder.*DATA_DIR/);
  });

  it('when the data directory may not be written', async () => {
    // Nobody can make a folder there, not even root.
    const { code, lines } = await npmStart({ DATA_DIR: '/sys/umuhuza' });
    expect([code, lines.length]).toEqual([1, 1]);
    expect(lines[0]).toMatch(/cannot be read and written.*DATA_DIR/);
  });

  it('when a variable or an argument makes no sense', async () => {
    expect(await npmStart({ PORT: 'eighty' })).toEqual({ code: 1, lines: [expect.stringMatching(/PORT: expected a number/)] });
    expect(await npmStart({}, '--loud')).toEqual({ code: 1, lines: [expect.stringMatching(/--loud is not known/)] });
  });
});
