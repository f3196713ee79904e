import { type Refused, refuse } from './refusals.ts';
import { coming, type HostResources, type Resource, type ResourcesFact } from './resources.ts';
import { peak, usesOf } from './use.ts';

const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/**
 * What the host has. What slots stand on cannot be taken from under them; slots that stand on more than there is, because they were open before
 * their environment needed it, keep nobody from having more.
 */
export const describeResources = (
  state: HostResources,
  { resources, at }: { readonly resources: readonly Resource[]; readonly at: string },
): readonly ResourcesFact[] | Refused => {
  const there = coming(state.reservations, at);
  for (const { id, name, quantity } of state.resources) {
    const needed = peak(usesOf(there, id), always);
    const left = resources.find((resource) => resource.id === id)?.quantity ?? 0;
    if (left < quantity && left < needed)
      return refuse('resource-in-use', `${needed} of “${name}” are needed at once by slots that are open.`);
  }
  return JSON.stringify(resources) === JSON.stringify(state.resources) ? [] : [{ type: 'ResourcesDescribed', resources, at }];
};
