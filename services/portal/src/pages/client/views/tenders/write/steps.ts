const written = ['task', 'scope', 'money', 'judging', 'documents', 'audience'] as const;
export type StepName = (typeof written)[number] | 'review' | 'amend';

/** The steps of writing a draft, or of amending a published tender. */
export const steps = (isDraft: boolean): readonly StepName[] => [...written, isDraft ? 'review' : 'amend'];
