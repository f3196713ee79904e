/**
 * The rules once more, as plainly as they can be said, for the property spec to hold the decisions against: places are a list, the
 * queue is a list, time is minutes.
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
  | 'hold'
  | 'release'
  | 'keep'
  | 'arrive'
  | 'let-go'
  | 'leave'
  | 'capacity'
  | 'close'
  | 'close-keep'
  | 'later'
  | 'out-of-hours'
  | 'in-hours'
  | 'wait';
export type Step = { readonly action: Action; readonly firm: string; readonly capacity: number };

type Place = {
  readonly firm: string;
  readonly held: 'requested' | 'confirmed' | 'done' | 'absent' | 'offer' | 'form' | 'arriving';
  readonly until: number;
};
export type Model = {
  readonly capacity: number;
  readonly closed: boolean;
  /** Closed because its hours no longer had it. */
  readonly byHours: boolean;
  /** Its hours no longer have it; it stands for those who are in it, and takes nobody else. */
  readonly outside: boolean;
  readonly startsIn: number;
  readonly places: readonly Place[];
  readonly queue: readonly string[];
  readonly attempts: Readonly<Record<string, number>>;
};

export const startsIn = 72 * 60;
const hold = 24 * 60;
const form = 10;
const mostAttempts = 5;

export const empty = (capacity: number): Model => ({
  ...{ capacity, closed: false, byHours: false, outside: false, startsIn },
  ...{ places: [], queue: [], attempts: {} },
});

/** The model as it is at this minute. */
export const at = (model: Model, minute: number): Model => {
  const begun = minute >= model.startsIn;
  const places = model.places.filter(
    ({ held, until }) => !((held === 'offer' || held === 'form') && until <= minute) && !(held === 'requested' && begun),
  );
  return offer({ ...model, places, queue: begun ? [] : model.queue }, minute);
};

const offer = (model: Model, minute: number): Model => {
  const free = model.capacity - model.places.length;
  if (model.closed || minute >= model.startsIn || free <= 0) return model;
  const heads = model.queue.slice(0, free);
  const until = Math.min(minute + hold, model.startsIn);
  return {
    ...model,
    places: [...model.places, ...heads.map((firm) => ({ firm, held: 'offer' as const, until }))],
    queue: model.queue.slice(free),
  };
};

/** What the step leads to, or undefined where it is refused or changes nothing. */
export const step = (before: Model, { action, firm, capacity }: Step, minute: number): Model | undefined => {
  const model = at(before, minute);
  const next = act(model, action, firm, capacity, minute);
  return next && offer(next, minute);
};

const act = (model: Model, action: Action, firm: string, capacity: number, minute: number): Model | undefined => {
  const begun = minute >= model.startsIn;
  const place = model.places.find((one) => one.firm === firm);
  const waits = model.queue.includes(firm);
  const tried = model.attempts[firm] ?? 0;
  const without = model.places.filter((one) => one !== place);
  const mayCome = !begun && !model.closed && !model.outside && !place && !waits && tried < mostAttempts;
  const attempts = { ...model.attempts, [firm]: tried + 1 };
  const become = (held: Place['held']): Model => ({
    ...model,
    places: model.places.map((one) => (one === place ? { firm, held, until: 0 } : one)),
  });
  const taken = (held: Place['held'], until = 0): Model => ({
    ...model,
    places: [...model.places, { firm, held, until }],
    attempts,
  });
  const gone = (): Model => ({ ...model, places: without });
  switch (action) {
    case 'book':
      if (place?.held === 'form' && !begun && !model.closed) return become('requested');
      return mayCome && model.places.length < model.capacity ? taken('requested') : undefined;
    case 'join':
      return mayCome && model.places.length >= model.capacity ? { ...model, queue: [...model.queue, firm], attempts } : undefined;
    case 'confirm':
      return place?.held === 'requested' ? become('confirmed') : undefined;
    case 'decline':
      return place?.held === 'requested' ? { ...model, places: without } : undefined;
    case 'cancel':
      return !begun && (place?.held === 'requested' || place?.held === 'confirmed') ? { ...model, places: without } : undefined;
    case 'complete':
      return begun && (place?.held === 'confirmed' || place?.held === 'absent') ? become('done') : undefined;
    case 'no-show':
      return begun && place?.held === 'confirmed' ? become('absent') : undefined;
    case 'accept':
      return place?.held === 'offer' ? become('requested') : undefined;
    case 'let-pass':
      if (waits) return { ...model, queue: model.queue.filter((one) => one !== firm) };
      return place?.held === 'offer' ? { ...model, places: without } : undefined;
    case 'hold':
      return mayCome && model.places.length < model.capacity ? taken('form', Math.min(minute + form, model.startsIn)) : undefined;
    case 'release':
      return place?.held === 'form' ? gone() : undefined;
    case 'keep':
      return mayCome && model.places.length < model.capacity ? { ...taken('arriving'), attempts: model.attempts } : undefined;
    case 'arrive':
      return place?.held === 'arriving' ? { ...become('confirmed'), attempts } : undefined;
    case 'let-go':
      return place?.held === 'arriving' ? gone() : undefined;
    case 'leave':
      return !begun && (place?.held === 'requested' || place?.held === 'confirmed') ? gone() : undefined;
    case 'capacity':
      return !begun && !model.closed && capacity !== model.capacity && capacity >= model.places.length
        ? { ...model, capacity, outside: model.outside && capacity < model.capacity }
        : undefined;
    case 'close':
      return begun || model.closed || model.places.some(({ held }) => held === 'arriving')
        ? undefined
        : { ...model, closed: true, places: [], queue: [] };
    case 'close-keep':
      return begun || model.closed || model.places.some(({ held }) => held === 'arriving')
        ? undefined
        : {
            ...model,
            closed: true,
            places: model.places.filter(({ held }) => held === 'requested' || held === 'confirmed'),
            queue: [],
          };
    case 'later':
      return begun || model.closed || model.places.some(({ held }) => held === 'arriving')
        ? undefined
        : { ...model, startsIn: model.startsIn + 60 };
    case 'out-of-hours':
      if (begun || model.closed) return undefined;
      return model.places.length > 0 || model.queue.length > 0
        ? { ...model, outside: true, capacity: Math.max(model.places.length, 1) }
        : { ...model, closed: true, byHours: true, outside: false };
    case 'in-hours':
      if (begun || (model.closed && !model.byHours)) return undefined;
      return {
        ...model,
        ...{ closed: false, byHours: false, outside: false },
        capacity: model.closed ? capacity : Math.max(capacity, model.places.length),
      };
    case 'wait':
      return model;
  }
};
