import { randomUUID } from 'node:crypto';
import { type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { commonProblems, type Problem } from '@umuhuza/contracts/problem';

const statusOf: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

const explained: Readonly<Record<number, string>> = {
  400: 'What arrived is not HTTP that can be understood.',
  408: 'The request took too long to arrive. Send less at once, or try again on a better line.',
  431: 'The headers are too large. Send fewer or shorter ones.',
};

/** What is too broken for the app to see is refused in the same form as everything else. */
export const refuseBrokenRequests = (server: Server): void => {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const status = statusOf[error.code ?? ''] ?? 400;
    const problem: Problem = {
      type: '/problems/invalid-request',
      title: commonProblems['invalid-request'].title,
      status,
      detail: explained[status] ?? commonProblems['invalid-request'].detail,
      instance: randomUUID(),
    };
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
};
