import type { Problem } from '@umuhuza/contracts/problem';

/** The platform said no, and why. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
  /** The refusal's name, without its address. */
  get refusal(): string {
    return this.problem.type.split('/').at(-1) ?? '';
  }
}

/** No answer came: whether the request arrived is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** What the browser's network fails with is a TypeError, be it before the answer or amid it. */
export const orLost = async <Answer>(asked: Promise<Answer>): Promise<Answer> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof TypeError) throw new ConnectionLost('no answer came', { cause: error });
    throw error;
  }
};

/** True where the same request may well succeed later by itself. */
export const mayPass = (error: unknown): boolean =>
  error instanceof ConnectionLost || (error instanceof Refused && error.problem.status === 503);

type Reply = { readonly status: number; readonly body: unknown };

/** The body of the hoped-for answer; a refusal is thrown as such. */
export const expecting = async <Answer extends Reply, Status extends Answer['status']>(
  status: Status,
  reply: Promise<Answer>,
): Promise<Extract<Answer, { readonly status: Status }>['body']> => {
  const answer = await reply;
  if (answer.status === status) return answer.body as Extract<Answer, { readonly status: Status }>['body'];
  throw new Refused(problemIn(answer));
};

type TaggedReply = Reply & { readonly headers: Headers };

/** The same with the answer's ETag, by which an edit of it says what it was made on. */
export const expectingTagged = async <Answer extends TaggedReply, Status extends Answer['status']>(
  status: Status,
  reply: Promise<Answer>,
): Promise<{ readonly value: Extract<Answer, { readonly status: Status }>['body']; readonly etag: string | undefined }> => {
  const answer = await reply;
  const value = await expecting(status, Promise.resolve(answer));
  return { value, etag: answer.headers.get('etag')?.replace(/^W\//, '') ?? undefined };
};

/** True where an edit was made on something that has changed meanwhile. */
export const isStale = (error: unknown): boolean => error instanceof Refused && error.problem.status === 412;

/** Something between the page and the platform may answer in a form of its own. */
const problemIn = ({ status, body }: Reply): Problem =>
  isProblem(body) ? body : { type: '/problems/unexpected-error', title: `HTTP ${status}`, status, detail: '', instance: '' };

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'type' in body && 'title' in body && 'detail' in body;
