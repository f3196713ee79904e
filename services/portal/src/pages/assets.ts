import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** A file of the page, as it is and compressed beforehand. */
export type Asset = { readonly plain: Buffer; readonly gzip: Buffer; readonly brotli: Buffer };

/** What the door serves as the page. The names of the assets hold a hash of their content. */
export type Pages = {
  /** The path of the style sheet, for pages that need no script. */
  readonly styleSheet: string;
  /** Each asset under its path; `/` is the page itself. */
  readonly assets: ReadonlyMap<string, Asset>;
};

/** Where browsers look for the service worker, and the one that is given there to take it back. */
export const serviceWorkerPath = '/service-worker.js';
export const serviceWorkerOffPath = '/service-worker-off.js';

export const toPages = (assets: ReadonlyMap<string, Asset>): Pages => {
  const styleSheet = [...assets.keys()].find((path) => path.endsWith('.css'));
  if (!styleSheet || !assets.has('/')) throw new Error('the built page is not whole');
  return { styleSheet, assets };
};

export const compressed = async (plain: Buffer): Promise<Asset> => {
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(plain, { level: 9 }),
    promisify(brotliCompress)(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    }),
  ]);
  return { plain, gzip: zipped, brotli };
};
