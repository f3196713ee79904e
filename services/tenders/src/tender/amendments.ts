import type { Amendment, ShownTender } from './tender.ts';

/** The names of the terms whose change everybody may see. None: for others the amendment is not there. */
export const shownChanges = ({ changed, changes = [] }: Pick<Amendment, 'changed' | 'changes'>): string[] =>
  changed.filter((term) => !changes.some((change) => change.term === term && change.hidden));

/** Whether what is asked has changed since somebody read the tender with so many amendments, counting those that everybody sees. */
export const hasChangedSince = ({ amendments }: Pick<ShownTender, 'amendments'>, read: number): boolean =>
  amendments
    .filter((amendment) => shownChanges(amendment).length > 0)
    .slice(read)
    .some(({ changesWhatIsAsked }) => changesWhatIsAsked);
