import { describe, expect, it } from 'vitest';
import { listeningInodes } from './whoListens.ts';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 111 1 0000
   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 222 1 0000
   2: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1 0000`;

describe('who has a port', () => {
  it('is the socket that listens on it, not one that is connected from it', () =>
    expect(listeningInodes(table, 8080)).toEqual(['222']));
  it('is found for short numbers too', () => expect(listeningInodes(table, 80)).toEqual(['333']));
  it('is nobody when none listens', () => expect(listeningInodes(table, 8081)).toEqual([]));
});
