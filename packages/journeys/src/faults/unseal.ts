import { openOwners } from '@umuhuza/service/sealing/bidOwners';
import type { KeyRing } from '@umuhuza/service/sealing/keyRing';
import {
  aboutAudience,
  aboutNotification,
  aboutReaderKey,
  type ReaderSeal,
  readerSeal,
} from '@umuhuza/service/sealing/readerSeal';
import { type Document, eventsOf, type History } from './history.ts';

type Sealed = { readonly sealed?: unknown };

const bytesOf = (value: unknown): Buffer =>
  Buffer.isBuffer(value) ? value : Buffer.from((value as { readonly buffer: Uint8Array }).buffer);

/** What notifications has sealed as it knows it: the notifications, and who is told; and whom tenders has named in its events. */
export const unsealed = (history: History, ring: KeyRing): History => {
  const { notifications = {} } = history.databases;
  const [key] = notifications.readerKeys ?? [];
  const seal = key && readerSeal(ring.unwrap({ kek: String(key.kek), wrapped: bytesOf(key.wrapped) }, aboutReaderKey));
  const owners = eventsOf(history, 'tenders').flatMap(({ id, subject, data }) =>
    typeof data.owners === 'string' ? [[id, openOwners(ring, subject, data.owners)] as const] : [],
  );
  if (!seal) return { ...history, owners: Object.fromEntries(owners) };
  const { notifications: told = [], audiences = [] } = notifications;
  return {
    ...history,
    owners: Object.fromEntries(owners),
    databases: {
      ...history.databases,
      notifications: {
        ...notifications,
        notifications: told.map((one) => withState(one, seal)),
        audiences: audiences.map((one) => withOrganisations(one, seal)),
      },
    },
  };
};

const withState = (document: Document, seal: ReaderSeal): Document => {
  const { sealed } = (document.state ?? {}) as Sealed;
  return typeof sealed === 'string' ? { ...document, state: seal.open(aboutNotification, sealed) } : document;
};

const withOrganisations = (document: Document, seal: ReaderSeal): Document => {
  const { sealed } = document as Sealed;
  if (typeof sealed !== 'string') return document;
  const rows = seal.open(aboutAudience(document._id), sealed) as readonly (readonly [organisation: string, row: number])[];
  return { ...document, organisations: [...(document.organisations as string[]), ...rows.map(([organisation]) => organisation)] };
};
