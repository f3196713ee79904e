/**
 * Readings of the same thing go one after the other, and all who ask while one is under way share the next, which begins after they asked.
 * So however many ask at once, little more is done than for one.
 */
export const sharing = <Value>(read: (key: string) => Promise<Value>): ((key: string) => Promise<Value>) => {
  const lines = new Map<string, { readonly reading: Promise<Value>; next?: Promise<Value> }>();

  const begin = (key: string): Promise<Value> => {
    const line: { readonly reading: Promise<Value>; next?: Promise<Value> } = { reading: read(key) };
    lines.set(key, line);
    const end = () => {
      if (!line.next) lines.delete(key);
    };
    line.reading.then(end, end);
    return line.reading;
  };

  return (key) => {
    const line = lines.get(key);
    if (!line) return begin(key);
    const again = () => begin(key);
    line.next ??= line.reading.then(again, again);
    return line.next;
  };
};
