import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** No browser is here; the message tells what to type. */
export class NoBrowser extends Error {
  override readonly name = 'NoBrowser';
  constructor() {
    super(
      'The journeys in a browser need Chromium. Type `apt-get install chromium`, or set CHROMIUM to the path of Chromium or Chrome.',
    );
  }
}

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

const isThere = async (path: string): Promise<boolean> => {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const pathOfBrowser = async (): Promise<string> => {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) if (await isThere(path)) return path;
  throw new NoBrowser();
};

/** A browser as it is on this machine. Root may not use its sandbox, which is the case in containers. */
export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await pathOfBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
