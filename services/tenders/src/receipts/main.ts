import { parseArgs } from 'node:util';
import { jwkSet, type ReceiptStatement } from '@umuhuza/contracts/tenders/schemas';
import { CannotTell, keysAt, onBothClocks, readText, runVerification } from '@umuhuza/service/verifyCommand';
import { verifyReceipt } from './verifyReceipt.ts';

const usage = `Checks that a receipt for a bid is genuine.

  npm run verify-receipt -- <receipt file, or - for standard input> [--content <file>] [--jwks <file or address>]

The receipt is the answer to submitting or withdrawing a bid, or the signed statement in it. --content is the bid as it was sent, to see
whether it is the one that was taken. --jwks is where the platform publishes its keys; a file that was fetched earlier works offline.

Ends with 0 when all is as it says, with 1 when it is not, with 2 when that could not be found out.`;

const keysOfThisMachine = 'http://localhost:8080/api/tenders/jwks';

const told = ({ event, iss, tenderId, bidId, version, bidder, at, digest }: ReceiptStatement): string =>
  [
    `The receipt is genuine: the bid was ${event}.`,
    `  platform  ${iss}`,
    `  tender    ${tenderId}`,
    `  bidder    ${bidder}`,
    `  bid       ${bidId}, version ${version}`,
    `  at        ${onBothClocks(at)}`,
    `  content   SHA-256 ${digest}`,
  ].join('\n');

await runVerification(async () => {
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
  const receipt = await readText(path);
  const content = values.content === undefined ? undefined : await readText(values.content);
  const verdict = await verifyReceipt(receipt, await keysAt(values.jwks, jwkSet), content);
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
});
