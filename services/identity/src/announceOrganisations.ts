import { timeCause } from '@umuhuza/eventing/cause';
import { failpoint } from '@umuhuza/eventing/failpoints';
import type { Clock } from '@umuhuza/service/clock';
import type { Logger } from 'pino';
import type { ChangeMarks } from './changeMarks.ts';
import type { Directory } from './directory.ts';
import { describeOrganisation } from './organisation/describeOrganisation.ts';
import type { OrganisationBook } from './organisationBook.ts';

export type Announcer = {
  /** Said before better-auth changes an organisation or its members. */
  readonly expectChange: (organisationId: string) => Promise<void>;
  /** Said after it; never throws, because the change is made and the sweep goes on where this stopped. */
  readonly announce: (organisationId: string) => Promise<void>;
  /** Announces what a crash left behind. The first sweep of a process compares every organisation, the later ones the marked. */
  readonly sweep: () => Promise<void>;
};

type Deps = {
  readonly directory: Directory;
  readonly organisations: OrganisationBook;
  readonly marks: ChangeMarks;
  readonly clock: Clock;
  readonly logger: Logger;
};

const sweptAtOnce = 100;

/** Keeps what others know of the organisations equal to what better-auth's collections say. */
export const announcerOf = ({ directory, organisations, marks, clock, logger }: Deps): Announcer => {
  /** Compares until there is nothing left to tell: what another change wrote since the snapshot was read must not be told away. */
  const compare = async (organisationId: string): Promise<void> => {
    for (;;) {
      const snapshot = await directory.snapshotOf(organisationId);
      if (!snapshot) return;
      let toldOf = 0;
      const change = await organisations.change(
        organisationId,
        (organisation) => {
          const decision = describeOrganisation(organisation, snapshot);
          toldOf = 'refused' in decision ? 0 : decision.length;
          return decision;
        },
        timeCause('describing an organisation', clock()),
      );
      if (change.outcome === 'refused')
        logger.warn({ organisationId, refused: change.refused }, 'an organisation was changed in a way that is never told');
      if (toldOf === 0) return;
    }
  };

  const told = async (organisationId: string): Promise<boolean> => {
    try {
      await compare(organisationId);
      return true;
    } catch (error) {
      logger.warn({ err: error, organisationId }, 'a change of an organisation could not be told yet; the sweep tries again');
      return false;
    }
  };

  let comparedAll = false;
  const compareAll = async () => {
    for await (const organisationId of directory.everyOrganisation())
      if (!(await told(organisationId))) await marks.mark(organisationId);
    comparedAll = true;
  };

  return {
    expectChange: async (organisationId) => {
      await marks.mark(organisationId);
      await failpoint('afterMark');
    },
    announce: async (organisationId) => {
      await failpoint('beforeAnnounce');
      await told(organisationId);
    },
    sweep: async () => {
      if (!comparedAll) await compareAll();
      for (const mark of await marks.due(sweptAtOnce)) {
        const lookedAt = new Date();
        if (await told(mark._id)) await marks.looked(mark, lookedAt);
      }
    },
  };
};
