import { giveUpShell, type WorkerScope } from './keepShell.ts';

giveUpShell(globalThis as unknown as WorkerScope);
