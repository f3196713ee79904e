import type { RequestHandler } from 'express';
import helmet from 'helmet';

const neverAsked = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'browsing-topics',
];

/** A page may load what comes from the door itself, and nothing else: no inline script or style, no other origin, no frame. */
export const securityHeaders = (publicUrl: URL): RequestHandler[] => {
  const overTls = publicUrl.protocol === 'https:';
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'none'"],
          'script-src': ["'self'"],
          'style-src': ["'self'"],
          'img-src': ["'self'"],
          'connect-src': ["'self'"],
          'form-action': ["'self'"],
          'base-uri': ["'none'"],
          'frame-ancestors': ["'none'"],
          'require-trusted-types-for': ["'script'"],
          ...(overTls ? { 'upgrade-insecure-requests': [] } : {}),
        },
      },
      strictTransportSecurity: overTls ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      // With "no-referrer" a plain form of ours would be sent with `Origin: null`.
      referrerPolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
    }),
    (_req, res, next) => {
      res.setHeader('Permissions-Policy', neverAsked.map((feature) => `${feature}=()`).join(', '));
      next();
    },
  ];
};
