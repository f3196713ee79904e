import { keepShell, type Shell, type WorkerScope } from './keepShell.ts';

/** Written in by the build, which alone knows what the files are called. */
declare const SHELL: Shell;

keepShell(globalThis as unknown as WorkerScope, SHELL);
