import { commonProblem, sendProblem } from '@umuhuza/service/problems';
import type { RequestHandler } from 'express';
import { type ServiceName, serviceNames, type Targets } from './services.ts';

type Report = Readonly<Record<ServiceName, string>>;

/** Asks all services at once; those who ask while an answer is under way share it. */
export const readiness = (targets: Targets, { within = 2_000 } = {}): RequestHandler => {
  let underWay: Promise<Report> | undefined;
  const ask = (): Promise<Report> => {
    underWay ??= askAll(targets, within).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return async (req, res) => {
    const services = await ask();
    res.setHeader('Cache-Control', 'no-store');
    const missing = serviceNames.filter((name) => services[name] !== 'ready');
    if (missing.length === 0) return void res.json({ status: 'ready', services });
    const detail = `Missing: ${missing.map((name) => `${name} (${services[name]})`).join(', ')}`;
    const { status, body } = commonProblem(req, 'not-ready', { detail });
    sendProblem(res, { status, body: { ...body, services } } as ReturnType<typeof commonProblem>);
  };
};

const askAll = async (targets: Targets, within: number): Promise<Report> =>
  Object.fromEntries(
    await Promise.all(serviceNames.map(async (name) => [name, await askOne(targets[name], within)] as const)),
  ) as Report;

const askOne = async (target: string, within: number): Promise<string> => {
  try {
    const answer = await fetch(new URL('/readyz', target), { signal: AbortSignal.timeout(within), redirect: 'error' });
    if (answer.ok) return 'ready';
    const { detail } = (await answer.json()) as { readonly detail?: unknown };
    return typeof detail === 'string' ? detail.replace(/^Missing: /, '') : `answered ${answer.status}`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'not reachable';
  }
};
