/** Where the scripts and styles of the viewer's frame lie: all that its page may load. */
export const FRAME_PREFIX = '/build/frame/';

/**
 * Policy of the console's page: as strict as every page's (own scripts and styles, nothing inline, one Trusted Types policy), and it may frame
 * its own viewer. `helper` is the address of a program on the officer's own machine (the transcriber) that it may call; empty for none.
 */
export const consolePageCsp = (helper: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${helper === '' ? '' : ` ${helper}`}`,
    "worker-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types tinkin',
  ].join('; ');

/**
 * Policy of the page in which the console shows what a stranger attached: an origin that equals no other (so its own files are named by the
 * service's address), no network, no form, no frame, nothing but pictures, sound and video that were handed to it, and framed by the console alone.
 */
export const viewerCsp = (origin: string): string =>
  [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src ${origin}${FRAME_PREFIX}`,
    `style-src ${origin}${FRAME_PREFIX}`,
    'img-src blob:',
    'media-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
