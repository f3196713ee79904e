import { type Decision, isShown, type Tender } from './tender.ts';

/** What stands for each asker that an earlier version named. */
export type HideAskers = { readonly marks: ReadonlyMap<string, string> };

/** Puts in what stands for the askers, where they are named. Quiet where nobody asked, or none of these. */
export const hideAskers = (tender: Tender, { marks }: HideAskers): Decision => {
  if (!isShown(tender)) return [];
  const askers = tender.questions.flatMap(({ id, askedBy }) => {
    const mark = marks.get(askedBy);
    return mark === undefined ? [] : [{ questionId: id, askedBy: mark }];
  });
  return askers.length > 0 ? [{ type: 'AskersHidden', askers }] : [];
};
