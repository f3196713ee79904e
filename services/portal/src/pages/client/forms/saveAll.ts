import { ConnectionLost } from '../api/answers.ts';
import type { Autosave } from './autosave.ts';

/** What is typed is not on the server, and waiting does not bring it there: somebody has to finish or to decide it. */
export class NotSaved extends Error {
  override readonly name = 'NotSaved';
  readonly why: 'half-typed' | 'disputed';
  constructor(why: NotSaved['why']) {
    super(why);
    this.why = why;
  }
}

type SaveAllOptions<Name> = {
  /** What need not be there. */
  readonly without?: readonly Name[];
  /** What is said along with it. */
  readonly more?: Readonly<Record<string, string>>;
};

/** Has everything typed on the server; otherwise it throws why not. Where something is half typed nothing of it is sent. */
export const saveAll = async <Fields extends object>(
  autosave: Pick<Autosave<Fields>, 'state' | 'flush'>,
  { without = [], more = {} }: SaveAllOptions<keyof Fields & string> = {},
): Promise<void> => {
  const isNeeded = (name: keyof Fields & string) => !without.includes(name);
  if (autosave.state().halfTyped.some(isNeeded)) throw new NotSaved('half-typed');
  if (await autosave.flush(more)) return;
  const { status, error, unsaved } = autosave.state();
  if (status === 'disputed') throw new NotSaved('disputed');
  if (error) throw error;
  if (status === 'offline') throw new ConnectionLost('what is typed could not be saved');
  if (unsaved.some(isNeeded)) throw new NotSaved('half-typed');
};
