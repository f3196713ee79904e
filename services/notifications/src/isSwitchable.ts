import { mustBeKnown, type NotificationKind } from '@umuhuza/contracts/notifications/schemas';

/** What must be known is told whatever was chosen, also before it had to be. */
export const isSwitchable = (kind: NotificationKind): boolean => !(mustBeKnown as readonly NotificationKind[]).includes(kind);
