import { etagOfText } from '@umuhuza/service/etag';
import type { Request, RequestHandler, Response } from 'express';
import { type Asset, type Pages, serviceWorkerOffPath, serviceWorkerPath } from './assets.ts';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The page and its assets. Assets are named by their content and kept for a year; the page itself is asked for each time. */
export const servePages =
  (pages: Promise<Pages>, publicUrl: URL, keepsShell = true): RequestHandler =>
  async (req, res, next) => {
    if (req.method === 'GET' && deepLink.test(req.path)) return res.redirect(302, `/#${req.path}`);
    const isRead = req.method === 'GET' || req.method === 'HEAD';
    if (!isRead || !ofPages.test(req.path)) return next();
    const path = req.path === serviceWorkerPath && !keepsShell ? serviceWorkerOffPath : req.path;
    const asset = (await pages).assets.get(path);
    if (!asset) return next();
    if (req.path === '/' && isOtherNameOfThisMachine(req, publicUrl)) return res.redirect(302, publicUrl.origin);
    res.setHeader('Cache-Control', req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    res.setHeader('Content-Type', types[req.path.split('.').at(-1) ?? ''] ?? 'text/html; charset=utf-8');
    send(req, res, asset);
  };

/** What mails and other programs link to is a view of the one page. */
const deepLink = /^\/(inbox|(tenders|bookings|slots|interests|cooperations)\/[\w-]{1,64})$/;

/** Where the page and its files are; everything else goes on without waiting for them. */
const ofPages = /^\/($|assets\/|favicon\.svg$|service-worker\.js$)/;

const send = (req: Request, res: Response, { plain, gzip, brotli }: Asset): void => {
  res.vary('Accept-Encoding');
  const encoding = req.acceptsEncodings(['br', 'gzip', 'identity']);
  const body = encoding === 'br' ? brotli : encoding === 'gzip' ? gzip : plain;
  if (body !== plain) res.setHeader('Content-Encoding', encoding as string);
  res.setHeader('ETag', etagOfText(body));
  res.send(body);
};

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Cookies and the check of origins know one name only: who came by 127.0.0.1 is led to localhost, or the other way round. */
const isOtherNameOfThisMachine = (req: Request, publicUrl: URL): boolean => {
  const asked = URL.parse(`http://${req.headers.host ?? ''}`);
  if (!asked || !loopback.has(asked.hostname) || !loopback.has(publicUrl.hostname)) return false;
  return asked.port === publicUrl.port && asked.hostname !== publicUrl.hostname;
};
