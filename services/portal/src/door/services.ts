/** The services behind the door. */
export const serviceNames = ['identity', 'profiles', 'matching', 'sandbox', 'tenders', 'notifications'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Where each service listens. */
export type Targets = Readonly<Record<ServiceName, string>>;

/** What a person calls the part that a service is. */
export const partInWords = {
  identity: 'Accounts and sign-in',
  profiles: 'The company profiles',
  matching: 'Matching',
  sandbox: 'The sandbox bookings',
  tenders: 'The tenders',
  notifications: 'The inbox',
} as const satisfies Record<ServiceName, string>;

const byFirstStep: Readonly<Record<string, ServiceName>> = {
  ...Object.fromEntries(serviceNames.map((name) => [name, name])),
  auth: 'identity',
};

/** The service that a path below the door belongs to. Paths that would leave it by `..` belong to none. */
export const serviceOf = (path: string): ServiceName | undefined => {
  const step = /^\/api\/([a-z]+)(?:\/|$)/.exec(path)?.[1];
  if (step === undefined || !Object.hasOwn(byFirstStep, step) || leavesItsPlace(path)) return undefined;
  return byFirstStep[step];
};

const leavesItsPlace = (path: string): boolean => path.split('/').some((step) => /^(\.|%2e){1,2}$/i.test(step));
