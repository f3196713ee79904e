import { type ComponentType, lazy } from 'react';
import type { AreaName } from '../texts/areas.ts';
import { needAreas } from '../texts/useText.ts';

/** A view that is loaded when it is first shown, together with the texts of its areas. */
export const lazily = <Props extends object>(areas: readonly AreaName[], load: () => Promise<ComponentType<Props>>) =>
  lazy(async () => {
    const [view] = await Promise.all([load(), needAreas(areas)]);
    return { default: view };
  });
