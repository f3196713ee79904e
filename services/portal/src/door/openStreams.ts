import type { ServerResponse } from 'node:http';

/** The live streams passing through. They never end by themselves, so a stopping door ends them; the pages come back elsewhere. */
export type OpenStreams = { readonly add: (stream: ServerResponse) => void; readonly stop: () => void };

export const createOpenStreams = (): OpenStreams => {
  const open = new Set<ServerResponse>();
  let stopping = false;
  return {
    add: (stream) => {
      if (stopping) return void stream.end();
      open.add(stream);
      stream.once('close', () => open.delete(stream));
    },
    stop: () => {
      stopping = true;
      for (const stream of open) stream.end();
    },
  };
};
