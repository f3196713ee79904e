import { catalogue } from '@umuhuza/contracts/catalogue';
import { profileOf } from '../../faults/town.ts';
import type { Stage } from '../stage.ts';
import { asks, made, pointsOfTime, register, registered, rwandan, type Story, untilSeen } from '../story.ts';

const content = profileOf({ country: 'RW', slug: 'firm-0' });
const mine = '/api/profiles/mine';

const written = async (stage: Stage, organisation: string) => {
  const by = rwandan(organisation);
  await register(stage, by);
  await stage.quiet();
  await made(stage, `writes ${organisation}`, { by, method: 'PUT', path: mine, body: content });
  return by;
};

const published = async (stage: Stage, organisation: string) => {
  const by = await written(stage, organisation);
  await made(stage, `publishes ${organisation}`, { by, method: 'POST', path: `${mine}/publish`, body: {} });
  return by;
};

export const profiles: Story = {
  service: 'profiles',
  reactions: {
    'identity.OrganisationRegistered': (_stage, mark) => ({ subject: `new-${mark}`, data: registered(`new-${mark}`) }),
    'tenders.LotAwarded': async (stage, mark) => {
      const { organisation } = await published(stage, `winner-${mark}`);
      const { data, example } = catalogue.tenders.LotAwarded;
      const winner = { organisationId: organisation, bidId: 'bid-1' };
      return { subject: `tender-${mark}`, data: data.parse({ ...example, tenderId: `tender-${mark}`, winner }) };
    },
    'tenders.AwardLapsed': async (stage, mark) => {
      const { organisation } = await published(stage, `declines-${mark}`);
      const { data, example } = catalogue.tenders.AwardLapsed;
      const winner = { organisationId: organisation, bidId: 'bid-1' };
      return { subject: `lapsed-${mark}`, data: data.parse({ ...example, tenderId: `lapsed-${mark}`, winner }) };
    },
    'sandbox.TestReportFinished': async (stage, mark) => {
      const { organisation } = await published(stage, `host-${mark}`);
      const { data, example } = catalogue.sandbox.TestReportFinished;
      return { subject: `test-${mark}`, data: data.parse({ ...example, bookingId: `test-${mark}`, host: organisation }) };
    },
  },
  commands: {
    'writes a profile': asks('writes a profile', (_stage, mark) => ({
      by: rwandan(`writer-${mark}`),
      method: 'PUT',
      path: mine,
      body: content,
    })),
    'publishes a profile': asks('publishes a profile', async (stage, mark) => ({
      by: await written(stage, `publisher-${mark}`),
      method: 'POST',
      path: `${mine}/publish`,
      body: {},
    })),
    'changes a published profile': asks('changes a published profile', async (stage, mark) => ({
      by: await published(stage, `changer-${mark}`),
      method: 'PUT',
      path: mine,
      body: { ...content, summary: 'What we do, told anew.' },
    })),
    'withdraws a profile': asks('withdraws a profile', async (stage, mark) => ({
      by: await published(stage, `leaver-${mark}`),
      method: 'POST',
      path: `${mine}/withdraw`,
      body: {},
    })),
    'a profile is stale when its year is over': async (stage, mark) => {
      const by = await published(stage, `sleeper-${mark}`);
      return async () => {
        await stage.database.collection<{ _id: string }>('profiles').updateOne(
          { _id: by.organisation },
          {
            $set: { 'state.publishedAt': '2024-01-01T00:00:00.000Z', 'lookup.staleAt': '2025-01-01T00:00:00.000Z' },
          },
        );
        await untilSeen('the profile is stale', async () => {
          const { status } = (await stage.get(by, mine)).body as { readonly status: string };
          return status === 'stale';
        });
        return undefined;
      };
    },
  },
  slow: { 'a profile is stale when its year is over': pointsOfTime },
};
