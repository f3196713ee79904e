import type { DataClass } from '@umuhuza/contracts/sandbox/schemas';

/** The strictest first; an environment that allows one allows those before it. */
const classes = ['no-personal-data', 'test-data', 'consented-users'] as const satisfies readonly DataClass[];

export const allowedBy = (most: DataClass): readonly DataClass[] => classes.slice(0, classes.indexOf(most) + 1);
