import { parseArgs } from 'node:util';
import { publicKeys, type ReportStatement } from '@umuhuza/contracts/sandbox/schemas';
import { CannotTell, keysAt, onBothClocks, readBytes, readText, runVerification } from '@umuhuza/service/verifyCommand';
import { verifyReport } from './verifyReport.ts';

const usage = `Checks that a finished test report is genuine, and that nobody has changed it.

  npm run verify-report -- <report file, or - for standard input> [--evidence <file>]... [--jwks <file or address>]

The report is the answer of GET /api/sandbox/bookings/<booking>/report, or its signature alone. --evidence is a file that came with it, to see
whether it is one of those that were signed. --jwks is where the platform publishes its keys; a file that was fetched earlier works offline.

Ends with 0 when all is as it says, with 1 when it is not, with 2 when that could not be found out.`;

const keysOfThisMachine = 'http://localhost:8080/api/sandbox/jwks';

const told = ({ iss, bookingId, host, guest, title, startsAt, endsAt, finishedAt, digest, evidence }: ReportStatement): string =>
  [
    'The signature is genuine.',
    `  platform  ${iss}`,
    `  test      ${title}`,
    `  host      ${host}`,
    `  guest     ${guest}`,
    `  booking   ${bookingId}`,
    `  from      ${onBothClocks(startsAt)}`,
    `  to        ${onBothClocks(endsAt)}`,
    `  finished  ${onBothClocks(finishedAt)}`,
    `  content   SHA-256 ${digest}`,
    ...evidence.map(({ name, sha256 }) => `  evidence  SHA-256 ${sha256}  ${name}`),
  ].join('\n');

const sayings = {
  same: 'The report is the one that was signed.',
  other: 'The report is NOT the one that was signed.',
  'not-given': 'Only the signature was given: what the report says was not compared.',
} as const;

await runVerification(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      evidence: { type: 'string', multiple: true, default: [] },
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
  const report = await readText(path);
  const files = await Promise.all(values.evidence.map(readBytes));
  const verdict = await verifyReport(report, await keysAt(values.jwks, publicKeys), files);
  if (!verdict.genuine) {
    console.log(`The report is NOT genuine. ${verdict.because}`);
    return 1;
  }
  console.log(`${told(verdict.statement)}\n  keys      ${values.jwks}\n${sayings[verdict.content]}`);
  for (const [n, name] of verdict.evidence.entries())
    console.log(
      name === undefined
        ? `${values.evidence[n]} is NOT one of its files.`
        : `${values.evidence[n]} is a file of it, under the name ${name}.`,
    );
  return verdict.content === 'other' || verdict.evidence.includes(undefined) ? 1 : 0;
});
