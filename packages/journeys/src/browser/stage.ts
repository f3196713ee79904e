import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningSystem, startSystem } from '@umuhuza/local/system';
import type { DemoCompany } from '../demo/companies.ts';
import { type Company, enter } from '../door.ts';
import { openBrowser } from './chromium.ts';
import { type Phone, type PhoneOptions, takePhone } from './phone.ts';
import { password } from './scene.ts';

export type Card = PhoneOptions['card'];
export type Actor = { readonly company: Company; readonly card: Card; readonly phone: Phone };

/** A system of its own and a browser to look at it with. Where this machine has no browser, nothing is started. */
export const openStage = async () => {
  const browser = await openBrowser();
  let system: RunningSystem | undefined;
  let dataDir: string | undefined;
  const url = (): string => {
    if (!system) throw new Error('the system runs');
    return system.url;
  };
  const phoneOf = (card: Card, language: 'en' | 'de') => takePhone(browser, { url: url(), card, language });
  /** A company of the demonstration that registers. */
  const enters = async (known: DemoCompany | undefined) => {
    if (!known) throw new Error('the demonstration has enough companies');
    const { profile: _, ...card } = { ...known, slug: `pages-${known.slug}`, email: `pages-${known.email}`, password };
    return { card, company: await enter(url(), card) };
  };
  return {
    isThere: browser !== undefined,
    url,
    phoneOf,
    enters,
    /** The same, with a phone in its hand. */
    plays: async (known: DemoCompany | undefined, language: 'en' | 'de'): Promise<Actor> => {
      const { company, card } = await enters(known);
      return { company, card, phone: await phoneOf(card, language) };
    },
    start: async (): Promise<void> => {
      dataDir = await mkdtemp(join(tmpdir(), 'umuhuza-pages-'));
      system = await startSystem({ dataDir, onLine: () => undefined });
    },
    stop: async (): Promise<void> => {
      await browser?.close();
      await system?.stop();
      if (dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
};
export type Stage = Awaited<ReturnType<typeof openStage>>;
