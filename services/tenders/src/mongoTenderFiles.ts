import type { FileStore } from '@umuhuza/documents/fileStore';
import { openNotedFiles } from '@umuhuza/documents/notedFiles';
import type { Connection } from 'mongoose';
import type { TenderFiles } from './tenderFiles.ts';

export const openMongoTenderFiles = (connection: Connection, files: FileStore): Promise<TenderFiles> =>
  openNotedFiles(connection, files, 'tenderId');
