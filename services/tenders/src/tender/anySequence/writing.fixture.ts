import fc from 'fast-check';
import { admitFirms } from '../admitFirms.ts';
import { answerQuestion } from '../answerQuestion.ts';
import { askQuestion } from '../askQuestion.ts';
import { cancelTender } from '../cancelTender.ts';
import { addDocument, removeDocument } from '../changeDocuments.ts';
import { editTender } from '../editTender.ts';
import { followTender } from '../followTender.ts';
import { publishTender } from '../publishTender.ts';
import { anyone, as, at, type Command, firms, instant } from './world.fixture.ts';

export const amends = fc.tuple(anyone, fc.boolean()).map(
  ([by, longer]): Command =>
    (world) => {
      const deadline = longer && 'terms' in world.tender ? { deadline: instant(world.minute + 70) } : {};
      return editTender(world.tender, {
        by: as(by),
        changes: { description: `At ${world.minute}.`, ...deadline },
        reason: 'It was asked for.',
        at: at(world),
      });
    },
);

export const publishes = anyone.map(
  (by): Command =>
    (world) =>
      publishTender(world.tender, { by: as(by), buyerName: 'Demonstration Buyer GmbH', at: at(world) }),
);

export const publishing: Command = (world) =>
  publishTender(world.tender, { by: as('buyer'), buyerName: 'Demonstration Buyer GmbH', at: at(world) });

export const follows = fc.tuple(anyone, fc.boolean()).map(
  ([by, isWanted]): Command =>
    (world) =>
      followTender(world.tender, { by: as(by), follows: isWanted }),
);

export const admits = fc.subarray(['buyer', ...firms]).map(
  (suggested): Command =>
    (world) =>
      admitFirms(world.tender, { firms: suggested }),
);

export const widens = fc.tuple(anyone, fc.constantFrom('all' as const, 'matched' as const)).map(
  ([by, audience]): Command =>
    (world) =>
      editTender(world.tender, { by: as(by), changes: { audience }, reason: 'So.', at: at(world) }),
);

export const documentOf = (id: string) => ({ id, name: `${id}.pdf`, type: 'application/pdf', size: 1_000, sha256: `hash-${id}` });

export const document = fc.constantFrom('plan', 'list');

/** Once it is published, only with a later deadline: its last four days are all it has. */
export const documents = fc.tuple(anyone, document, fc.boolean(), fc.boolean()).map(
  ([by, id, isAdded, longer]): Command =>
    (world) => {
      const why = { by: as(by), reason: 'So.', at: at(world), ...(longer ? { deadline: instant(world.minute + 70) } : {}) };
      return isAdded
        ? addDocument(world.tender, { ...why, document: documentOf(id) })
        : removeDocument(world.tender, { ...why, documentId: id });
    },
);

export const wonders = anyone.map(
  (by): Command =>
    (world) =>
      askQuestion(world.tender, {
        questionId: `q-${by}-${world.minute}`,
        question: 'May the team work from Kigali?',
        by: { organisation: by },
        askedBy: `asker-${by}`,
        at: at(world),
      }),
);

/** The first question that waits is answered, as a buyer would who wants to open bids. */
export const tells = fc.constant<Command>((world) => {
  const open =
    'questions' in world.tender ? world.tender.questions.find(({ answeredAt }) => answeredAt === undefined) : undefined;
  return open ? answerQuestion(world.tender, { by: as('buyer'), questionId: open.id, answer: 'Yes.', at: at(world) }) : [];
});

export const cancels = fc.tuple(anyone, fc.nat(60)).map(
  ([by, whim]): Command =>
    (world) =>
      whim === 0 ? cancelTender(world.tender, { by: as(by), reason: 'So.', at: at(world) }) : [],
);
