import { join } from 'node:path';
import { alone } from '@umuhuza/local/fileLock';
import { cacheDirectory } from '@umuhuza/local/natsServer';
import { installPackage, lastWords, machine, onPath } from '@umuhuza/local/systemPackages';
import { type Browser, chromium } from 'playwright-core';

/** What a Chromium is called, in the order of how bare it is. */
const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const find = async (): Promise<string | undefined> => {
  for (const name of names) {
    const path = await onPath(name);
    if (path) return path;
  }
  return undefined;
};

/** Where the browser is: `CHROMIUM`, else what is on the PATH; on Debian it is installed when we are root and there is none. Undefined where it cannot be had so. */
const ensureChromium = async (): Promise<string | undefined> => {
  const found = process.env.CHROMIUM || (await find());
  if (found) return found;
  const { platform, root, has } = await machine();
  if (platform !== 'linux' || !root || !has('apt-get')) return undefined;
  return alone(join(cacheDirectory, 'chromium.lock'), async () => {
    const meanwhile = await find();
    if (meanwhile) return meanwhile;
    console.log('Installing chromium from the system’s packages (this once)');
    const installed = await installPackage('chromium', () => undefined);
    if (!installed.ok) console.warn(`chromium could not be installed: ${lastWords(installed)}`);
    return find();
  });
};

/** A browser of this machine; undefined, and told why, where there is none and none can be installed without a password. */
export const openBrowser = async (): Promise<Browser | undefined> => {
  const executablePath = await ensureChromium();
  if (executablePath === undefined) {
    console.warn(
      'No Chromium is on the PATH, so the journeys in a browser are left out. Install `chromium`, or set CHROMIUM to the path of one.',
    );
    return undefined;
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--headless', '--disable-background-networking'] });
};
