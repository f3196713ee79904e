import { httpBench } from './http.ts';
import { startBench } from './start.ts';

const benches: Readonly<Record<string, () => Promise<void>>> = { http: httpBench, start: startBench };

const name = process.argv[2] ?? '';
const bench = benches[name];
if (bench) await bench();
else {
  process.stderr.write(`Name a bench: npm run bench -- ${Object.keys(benches).join(' | ')}\n`);
  process.exitCode = 1;
}
