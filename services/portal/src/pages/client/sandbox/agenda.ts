/** What stands in an agenda: something with a place on the clocks of both countries and the host’s. */
type Timed = { readonly startsAt: string; readonly clocks: { readonly host: { readonly startsAt: string } } };

export type AgendaDay<Item> = { readonly day: string; readonly items: readonly Item[] };

/** By the host’s calendar day, both in the order of time. A day stands once, however many items it has. */
export const agendaOf = <Item extends Timed>(items: readonly Item[]): readonly AgendaDay<Item>[] => {
  const days = new Map<string, Item[]>();
  for (const item of [...items].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt))) {
    const day = item.clocks.host.startsAt.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days].map(([day, its]) => ({ day, items: its }));
};
