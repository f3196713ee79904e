/**
 * The rules once more, as plainly as they can be said, for the property spec to hold the decisions against: places are a list, the
 * queue is a list, hours are numbers.
 */
export type Action =
  | 'book'
  | 'confirm'
  | 'decline'
  | 'cancel'
  | 'complete'
  | 'no-show'
  | 'join'
  | 'accept'
  | 'let-pass'
  | 'capacity'
  | 'close'
  | 'wait';
export type Step = { readonly action: Action; readonly firm: string; readonly capacity: number };

type Place = { readonly firm: string; readonly held: 'requested' | 'confirmed' | 'done' | 'offer'; readonly until: number };
export type Model = {
  readonly capacity: number;
  readonly closed: boolean;
  readonly places: readonly Place[];
  readonly queue: readonly string[];
  readonly attempts: Readonly<Record<string, number>>;
};

export const startsIn = 72;
const hold = 24;
const mostAttempts = 5;

export const empty = (capacity: number): Model => ({ capacity, closed: false, places: [], queue: [], attempts: {} });

/** The model as it is at this hour. */
export const at = (model: Model, hour: number): Model => {
  if (model.closed) return model;
  const begun = hour >= startsIn;
  const places = model.places.filter(
    ({ held, until }) => !(held === 'offer' && until <= hour) && !(held === 'requested' && begun),
  );
  return offer({ ...model, places, queue: begun ? [] : model.queue }, hour);
};

const offer = (model: Model, hour: number): Model => {
  const free = model.capacity - model.places.length;
  if (model.closed || hour >= startsIn || free <= 0) return model;
  const heads = model.queue.slice(0, free);
  const until = Math.min(hour + hold, startsIn);
  return {
    ...model,
    places: [...model.places, ...heads.map((firm) => ({ firm, held: 'offer' as const, until }))],
    queue: model.queue.slice(free),
  };
};

/** What the step leads to, or undefined where it is refused or changes nothing. */
export const step = (before: Model, { action, firm, capacity }: Step, hour: number): Model | undefined => {
  const model = at(before, hour);
  const next = act(model, action, firm, capacity, hour);
  return next && offer(next, hour);
};

const act = (model: Model, action: Action, firm: string, capacity: number, hour: number): Model | undefined => {
  const begun = hour >= startsIn;
  const place = model.places.find((one) => one.firm === firm);
  const waits = model.queue.includes(firm);
  const tried = model.attempts[firm] ?? 0;
  const without = model.places.filter((one) => one !== place);
  const mayCome = !begun && !model.closed && !place && !waits && tried < mostAttempts;
  const attempts = { ...model.attempts, [firm]: tried + 1 };
  const become = (held: Place['held']): Model => ({
    ...model,
    places: model.places.map((one) => (one === place ? { firm, held, until: 0 } : one)),
  });
  switch (action) {
    case 'book':
      return mayCome && model.places.length < model.capacity
        ? { ...model, places: [...model.places, { firm, held: 'requested', until: 0 }], attempts }
        : undefined;
    case 'join':
      return mayCome && model.places.length >= model.capacity ? { ...model, queue: [...model.queue, firm], attempts } : undefined;
    case 'confirm':
      return place?.held === 'requested' ? become('confirmed') : undefined;
    case 'decline':
      return place?.held === 'requested' ? { ...model, places: without } : undefined;
    case 'cancel':
      return !begun && (place?.held === 'requested' || place?.held === 'confirmed') ? { ...model, places: without } : undefined;
    case 'complete':
    case 'no-show':
      return begun && place?.held === 'confirmed' ? become('done') : undefined;
    case 'accept':
      return place?.held === 'offer' ? become('requested') : undefined;
    case 'let-pass':
      if (waits) return { ...model, queue: model.queue.filter((one) => one !== firm) };
      return place?.held === 'offer' ? { ...model, places: without } : undefined;
    case 'capacity':
      return !begun && !model.closed && capacity !== model.capacity && capacity >= model.places.length
        ? { ...model, capacity }
        : undefined;
    case 'close':
      return begun || model.closed ? undefined : { ...model, closed: true, places: [], queue: [] };
    case 'wait':
      return model;
  }
};
