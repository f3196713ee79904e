import type { NotedFiles } from '@umuhuza/documents/notedFiles';

/** The files of tenders, which all see who see the tender; their owner is the tender. */
export type TenderFiles = NotedFiles;
