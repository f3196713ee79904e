/** Where the pages of sandbox tests and profiles are; `*` stands for an id. */
const places = {
  sandbox: 'search',
  'sandbox/calendar': 'calendar',
  bookings: 'bookings',
  'bookings/*': 'booking',
  'bookings/*/move': 'move',
  'bookings/*/write-report': 'write-report',
  'bookings/*/report': 'report',
  'slots/*': 'slot',
  'slots/*/book': 'book',
  'environments/*': 'environment',
  'environments/*/edit': 'edit-environment',
  'environments/*/slots': 'open-slot',
  'environments/*/hours': 'open-hours',
  'hours/*': 'hours',
  hosting: 'hosting',
  'hosting/environment': 'new-environment',
  'hosting/resources': 'resources',
  profile: 'profile',
  'profile/edit': 'edit-profile',
  'companies/*': 'company',
} as const;

export type SandboxPage = (typeof places)[keyof typeof places];
/** `id` is empty where the page is about no single thing. */
export type SandboxRoute = { readonly view: 'sandbox'; readonly page: SandboxPage; readonly id: string };

const isId = (step: string): boolean => /^[\w-]{1,64}$/.test(step);

export const sandboxRouteOf = (steps: readonly string[]): SandboxRoute | undefined => {
  if (steps.includes('*')) return undefined;
  const place = steps.join('/');
  const withId = steps.map((step, index) => (index === 1 && isId(step) ? '*' : step)).join('/');
  if (Object.hasOwn(places, place)) return { view: 'sandbox', page: places[place as keyof typeof places], id: '' };
  if (Object.hasOwn(places, withId)) return { view: 'sandbox', page: places[withId as keyof typeof places], id: steps[1] ?? '' };
  return undefined;
};
