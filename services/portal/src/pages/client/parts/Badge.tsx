import type { ReactNode } from 'react';
import type { TextKey } from '../texts/en.ts';
import { useText } from '../texts/useText.ts';

type Status = TextKey extends infer Key ? (Key extends `status-${infer Name}` ? Name : never) : never;

const tone: Readonly<Record<Status, 'live' | 'good' | 'ended' | 'waiting'>> = {
  draft: 'waiting',
  published: 'live',
  closed: 'waiting',
  opened: 'waiting',
  awarded: 'good',
  unsuccessful: 'ended',
  cancelled: 'ended',
  requested: 'waiting',
  confirmed: 'live',
  declined: 'ended',
  completed: 'good',
  'no-show': 'ended',
  expressed: 'waiting',
  accepted: 'live',
  expired: 'ended',
  introduced: 'good',
  ended: 'ended',
};

/** A state in words; its colour says nothing that the words do not. */
export const Badge = ({ status }: { readonly status: Status }): ReactNode => {
  const { t } = useText();
  return <span className={`badge ${tone[status]}`}>{t(`status-${status}`)}</span>;
};
