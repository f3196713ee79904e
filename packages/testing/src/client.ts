/** What came back: status, parsed body, headers. */
export type Reply = { readonly status: number; readonly body: never; readonly headers: Headers };

export type CallOptions = {
  readonly body?: unknown;
  /** Sent as it is, for bodies that are no JSON. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A plain HTTP client for specs: no contract of its own, so that it can send what a contract forbids. */
export const clientOf =
  (baseUrl: string, token?: string) =>
  async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    { body, raw, headers = {} }: CallOptions = {},
  ): Promise<Reply> => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(new URL(path, baseUrl), {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent as never }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as never, headers: response.headers };
  };
export type Client = ReturnType<typeof clientOf>;
