import { commandId } from '@umuhuza/eventing/cause';
import { effect } from '../check/effects.ts';
import { profileOf } from '../town.ts';
import { field, type Scene } from './stage.ts';

/** A firm writes its profile anew; a published one changes for everybody. */
export const editProfile: Scene = async ({ act, random, number, germans, rwandans }) => {
  const firm = random.pick([...germans, ...rwandans]);
  await act({
    what: 'edits its profile',
    by: firm,
    method: 'PUT',
    path: '/api/profiles/mine',
    body: { ...profileOf(firm), summary: `What we do, told anew ${number()}.` },
    effect: (key) => effect.profileEdited(commandId(firm.organisationId, key)),
    about: firm.organisationId,
  });
};

/** An interest is expressed; its yes and its no race. */
export const meet: Scene = async ({ act, random, number, germans, rwandans }) => {
  const [from, to] = random.shuffled([random.pick(germans), random.pick(rwandans)]);
  if (!from || !to) return;
  const message = `We would like to talk. ${number()}`;
  const expressed = await act({
    what: 'expresses interest',
    by: from,
    method: 'POST',
    path: '/api/matching/interests',
    body: { to: to.organisationId, message, consent: true },
    effect: effect.interest(message),
    about: field('interestId'),
  });
  if (expressed?.status !== 201) return;
  const id = field('interestId')(expressed.body);
  const accept = () =>
    act({
      what: 'accepts an interest',
      by: to,
      method: 'POST',
      path: `/api/matching/interests/${id}/accept`,
      body: { consent: true },
      effect: effect.interestAccepted(id),
      about: id,
    });
  const decline = () =>
    act({
      what: 'declines an interest',
      by: to,
      method: 'POST',
      path: `/api/matching/interests/${id}/decline`,
      body: { reason: 'We are fully booked until spring.' },
      effect: effect.interestDeclined(id),
      about: id,
    });
  await Promise.all(random.chance(0.3) ? [accept(), decline()] : [random.chance(0.5) ? accept() : decline()]);
};

/** A firm that nothing else is asked of withdraws its profile and publishes it again. */
export const comeAndGo: Scene = async ({ act, visitor }) => {
  for (const [what, effectOf] of [
    ['withdraw', effect.profileWithdrawn],
    ['publish', effect.profilePublished],
  ] as const)
    await act({
      what: what === 'publish' ? 'publishes its profile again' : 'withdraws its profile',
      by: visitor,
      method: 'POST',
      path: `/api/profiles/mine/${what}`,
      body: {},
      effect: (key) => effectOf(commandId(visitor.organisationId, key)),
      about: visitor.organisationId,
    });
};

/** Somebody reads the newest thing in the inbox; others of the run may read the same. */
export const readInbox: Scene = async ({ act, read, random, germans, rwandans }) => {
  const reader = random.pick([...germans, ...rwandans]);
  const inbox = await read(reader, '/api/notifications?limit=5');
  const items = (inbox?.body as { items?: { id: string }[] } | undefined)?.items ?? [];
  if (items.length === 0) return;
  const { id } = random.pick(items);
  await act({
    what: 'reads a notification',
    by: reader,
    method: 'POST',
    path: `/api/notifications/${id}/read`,
    body: {},
    effect: effect.read(id),
    about: id,
  });
};
