import { z } from 'zod';
import { event } from '../event.ts';
import { country, id, instant } from '../values.ts';
import { score } from './schemas.ts';

const organisation = z.object({ organisationId: id, name: z.string(), country });

/** What every event about an interest says. `toName` is there so that the asking side can be told who answered. */
const betweenTwo = { interestId: id, from: organisation, to: id, toName: z.string().optional() };

const ofCooperation = {
  cooperationId: id,
  organisations: z.tuple([id, id]),
  origin: z.object({ kind: z.enum(['interest', 'award']), id }),
  names: z.tuple([z.string(), z.string()]).optional(),
  title: z.string().optional(),
};

const kigaliToBremen = {
  interestId: 'i1',
  from: { organisationId: 'o1', name: 'Demonstration Software Kigali', country: 'RW' as const },
  to: 'o2',
  toName: 'Demonstration Maschinenbau Bremen',
};

export const matchingEvents = {
  /** Subject: the tender. At most 20 firms, none of them told of this tender before. */
  FirmsMatched: event(
    1,
    z.object({
      tenderId: id,
      title: z.string(),
      buyer: z.object({ organisationId: id, name: z.string() }),
      deadline: instant,
      firms: z
        .array(
          z.object({
            organisationId: id,
            name: z.string(),
            score,
            reasons: z.array(z.string()),
            /** The same sentences in other languages than English. */
            reasonsIn: z.object({ de: z.array(z.string()) }).optional(),
          }),
        )
        .min(1)
        .max(20),
    }),
    {
      tenderId: 't1',
      title: 'A customer portal for a hospital group',
      buyer: { organisationId: 'o2', name: 'Demonstration Maschinenbau Bremen' },
      deadline: '2026-11-23T20:00:00.000Z',
      firms: [
        {
          organisationId: 'o1',
          name: 'Demonstration Software Kigali',
          score: 0.8125,
          reasons: ['Offers exactly what is asked: CPV 72212000.', 'Speaks English at C1; B2 is asked.'],
          reasonsIn: {
            de: ['Bietet genau, was gesucht wird: CPV 72212000.', 'Spricht Englisch auf C1; verlangt ist B2.'],
          },
        },
      ],
    },
  ),
  /** Subject of this and the following three: the interest. */
  InterestExpressed: event(1, z.object({ ...betweenTwo, message: z.string().optional(), expiresAt: instant.optional() }), {
    ...kigaliToBremen,
    message: 'We have built two hospital portals and would like to talk.',
    expiresAt: '2026-11-23T20:00:00.000Z',
  }),
  InterestAccepted: event(1, z.object({ ...betweenTwo, reason: z.string().optional() }), kigaliToBremen),
  InterestDeclined: event(1, z.object({ ...betweenTwo, reason: z.string().optional() }), {
    ...kigaliToBremen,
    reason: 'We are fully booked until spring.',
  }),
  /** Nobody answered in time; both sides are told. */
  InterestExpired: event(1, z.object({ ...betweenTwo, reason: z.string().optional() }), kigaliToBremen),
  /** Subject of this and the next: the cooperation. `origin.id` is the interest's or the tender's id. */
  CooperationStarted: event(1, z.object(ofCooperation), {
    cooperationId: 'c1',
    organisations: ['o1', 'o2'],
    origin: { kind: 'interest', id: 'i1' },
    names: ['Demonstration Software Kigali', 'Demonstration Maschinenbau Bremen'],
  }),
  /** All awards it stood on came to nothing. It may start anew, with another lot of the same tender. */
  CooperationEnded: event(1, z.object({ ...ofCooperation, reason: z.string() }), {
    cooperationId: 'c1',
    organisations: ['o1', 'o2'],
    origin: { kind: 'award', id: 't1' },
    names: ['Demonstration Maschinenbau Bremen', 'Demonstration Software Kigali'],
    title: 'A customer portal for a hospital group',
    reason: 'Our team is bound elsewhere until May.',
  }),
};
