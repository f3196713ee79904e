import { type Refused, refuse } from './refusals.ts';
import type { HostResources, Resource, ResourcesFact } from './resources.ts';
import { peak, usesOf } from './use.ts';

const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** What the host has. What slots stand on cannot be taken from under them. */
export const describeResources = (
  state: HostResources,
  { resources, at }: { readonly resources: readonly Resource[]; readonly at: string },
): readonly ResourcesFact[] | Refused => {
  for (const { id, name } of state.resources) {
    const needed = peak(usesOf(state.reservations, id), always);
    const left = resources.find((resource) => resource.id === id)?.quantity ?? 0;
    if (left < needed) return refuse('resource-in-use', `${needed} of “${name}” are needed at once by slots that are open.`);
  }
  return JSON.stringify(resources) === JSON.stringify(state.resources) ? [] : [{ type: 'ResourcesDescribed', resources, at }];
};
