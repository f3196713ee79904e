import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@umuhuza/service/logger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pages } from './assets.ts';
import { buildPages, firstVisit, sizesOf, visitOf } from './buildPages.ts';

const logger = createLogger('portal', 'silent');
const text = (pages: Pages, path: string): string => pages.assets.get(path)?.plain.toString() ?? '';

let cacheFolder: string;
let pages: Pages;
beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'umuhuza-pages-'));
  pages = await buildPages({ logger, cacheFolder });
});
afterAll(() => rm(cacheFolder, { recursive: true, force: true }));

describe('the page as it is served', () => {
  /** The bounds are little above what it weighs; before views were loaded apart, all of them together had 119,504 bytes (gzip). */
  it.each([
    ['the way in', undefined, 122_000],
    ['the overview', 'Overview', 129_000],
    ['writing a tender', 'WriteTender', 146_500],
    ['writing a bid', 'WriteBid', 145_000],
    ['finding and booking a slot', 'TestPages', 149_000],
    ['describing a test environment', 'HostPages', 152_000],
    ['writing a profile', 'ProfilePages', 138_000],
  ])('fits through a slow line: %s', (what, view, most) => {
    const { brotliBytes, gzipBytes } = sizesOf(view === undefined ? firstVisit(pages.assets) : visitOf(pages.assets, view));
    console.log(`${what}: ${brotliBytes} bytes (brotli), ${gzipBytes} (gzip)`);
    expect(gzipBytes).toBeLessThan(most);
  });

  it('names every script that the first page imports, so that they come together', () => {
    const first = firstVisit(pages.assets);
    for (const path of [...first.keys()].filter((each) => each.endsWith('.js')))
      for (const [, imported = ''] of text(pages, path).matchAll(/(?:from|import)"\.\/([^"]+)"/g))
        expect([...first.keys()], `${path} imports ${imported}`).toContain(`/assets/${imported}`);
  });

  it('loads the view of a tender when it is looked at', () => {
    const views = [...pages.assets.keys()].filter((path) => /\/TenderPage-\w+\.js$/.test(path));
    expect(views).toHaveLength(1);
    expect([...firstVisit(pages.assets).keys()]).not.toContain(views[0]);
  });

  it('has every file that it names, and nothing written into the page itself', () => {
    const page = text(pages, '/');
    const named = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    const elsewhere = ['/openapi.json'];
    expect(named.length).toBeGreaterThanOrEqual(3);
    for (const path of named.filter((each) => !elsewhere.includes(each) && each !== '/'))
      expect(pages.assets.has(path), path).toBe(true);
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|style=|onclick=/);
    expect(page).toContain(pages.styleSheet);
  });

  it('takes addresses from the contracts, and leaves their schemas at home', () => {
    const scripts = [...pages.assets.keys()].filter((path) => path.endsWith('.js')).map((path) => text(pages, path));
    expect(scripts.join()).toContain('/api/tenders/:id');
    expect(scripts.join()).not.toMatch(/_zod|A-Za-z0-9_-\]\{1,64/);
  });

  it('comes with a service worker that keeps all of it, and nothing else', () => {
    const worker = text(pages, '/service-worker.js');
    const kept = [...worker.matchAll(/"(\/(?:assets\/[^"]+|favicon\.svg))"/g)].map(([, path]) => path ?? '');
    const files = [...pages.assets.keys()].filter((path) => path.startsWith('/assets/') || path === '/favicon.svg');
    expect([...new Set(kept)].sort()).toEqual(files.sort());
    expect(worker).not.toMatch(/\/api|SHELL/);
    expect(text(pages, '/service-worker-off.js')).toContain('unregister');
    const { brotliBytes } = sizesOf(pages.assets);
    console.log(`all that is kept for when there is no line: ${brotliBytes} bytes (brotli)`);
    expect(brotliBytes).toBeLessThan(260_000);
  });

  it('brings a language only to those who read it', () => {
    const [main] = [...pages.assets.keys()].filter((path) => /\/main-\w+\.js$/.test(path));
    expect(text(pages, main ?? '')).not.toContain('Posteingang');
    expect([...pages.assets.keys()].some((path) => text(pages, path).includes('Posteingang'))).toBe(true);
  });
});

describe('the next start of the door', () => {
  it('takes the page that was built before', async () => {
    const again = await buildPages({ logger, cacheFolder });
    expect([...again.assets.keys()].sort()).toEqual([...pages.assets.keys()].sort());
    for (const [path, asset] of again.assets)
      expect(asset.brotli.equals(pages.assets.get(path)?.brotli ?? Buffer.alloc(0)), path).toBe(true);
    expect(await readdir(cacheFolder)).toHaveLength(1);
  });

  it('builds it where nothing can be kept', async () => {
    const file = join(cacheFolder, 'no-folder');
    const nowhere = await buildPages({ logger, cacheFolder: join('/dev/null', file) });
    expect(nowhere.assets.has('/')).toBe(true);
  });
});
