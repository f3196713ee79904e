import pino, { type Logger } from 'pino';

/** JSON lines on standard output. Bodies, headers and tokens are never given to it; what slips in by a known name is cut out. */
export const createLogger = (service: string, level: string): Logger =>
  pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['*.password', '*.token', '*.authorization', '*.cookie', 'password', 'token', 'authorization', 'cookie'],
      remove: true,
    },
  });
