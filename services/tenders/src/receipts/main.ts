import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type JwkSet, jwkSet, type ReceiptStatement } from '@umuhuza/contracts/tenders/schemas';
import { verifyReceipt } from './verifyReceipt.ts';

const usage = `Checks that a receipt for a bid is genuine.

  npm run verify-receipt -- <receipt file, or - for standard input> [--content <file>] [--jwks <file or address>]

The receipt is the answer to submitting or withdrawing a bid, or the signed statement in it. --content is the bid as it was sent, to see
whether it is the one that was taken. --jwks is where the platform publishes its keys; a file that was fetched earlier works offline.

Ends with 0 when all is as it says, with 1 when it is not, with 2 when that could not be found out.`;

const keysOfThisMachine = 'http://localhost:8080/api/tenders/jwks';

class CannotTell extends Error {}

const read = async (path: string): Promise<string> => {
  try {
    return path === '-' ? await text(process.stdin) : await readFile(path, 'utf8');
  } catch (error) {
    throw new CannotTell(`${path} cannot be read.`, { cause: error });
  }
};

const keysAt = async (place: string): Promise<JwkSet> => {
  let found: unknown;
  try {
    if (/^https?:/.test(place)) {
      const response = await fetch(place, { signal: AbortSignal.timeout(10_000) });
      if (!response.ok) throw new Error(`status ${response.status}`);
      found = await response.json();
    } else found = JSON.parse(await read(place));
  } catch (error) {
    throw new CannotTell(`The keys at ${place} cannot be read. Name another place with --jwks.`, { cause: error });
  }
  const keys = jwkSet.safeParse(found);
  if (!keys.success) throw new CannotTell(`What is at ${place} is no set of keys.`);
  return keys.data;
};

const clock = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', fractionalSecondDigits: 3 });

const told = ({ event, iss, tenderId, bidId, version, bidder, at, digest }: ReceiptStatement): string =>
  [
    `The receipt is genuine: the bid was ${event}.`,
    `  platform  ${iss}`,
    `  tender    ${tenderId}`,
    `  bidder    ${bidder}`,
    `  bid       ${bidId}, version ${version}`,
    `  at        ${at}  (Berlin ${clock(at, 'Europe/Berlin')}, Kigali ${clock(at, 'Africa/Kigali')})`,
    `  content   SHA-256 ${digest}`,
  ].join('\n');

const run = async (): Promise<0 | 1> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      content: { type: 'string' },
      jwks: { type: 'string', default: keysOfThisMachine },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new CannotTell(usage);
  const receipt = await read(path);
  const content = values.content === undefined ? undefined : await read(values.content);
  const verdict = await verifyReceipt(receipt, await keysAt(values.jwks), content);
  if (!verdict.genuine) {
    console.log(`The receipt is NOT genuine. ${verdict.because}`);
    return 1;
  }
  console.log(`${told(verdict.statement)}\n  keys      ${values.jwks}`);
  if (verdict.content === 'not-given') return 0;
  console.log(
    verdict.content === 'same' ? 'The content is the one that was taken.' : 'The content is NOT the one that was taken.',
  );
  return verdict.content === 'same' ? 0 : 1;
};

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof CannotTell) && !(error instanceof TypeError && 'code' in error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
