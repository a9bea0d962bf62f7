import { PAGE_CSP } from '../security-headers.ts';

/** Where the scripts and styles of the viewer's frame lie: all that its page may load. */
export const FRAME_PREFIX = '/build/frame/';

/**
 * Policy of the console's page: as other pages, and it may frame its own viewer. `helper` is the address of a program on the officer's own machine
 * (the transcriber) that it may call; empty for none.
 */
export const consolePageCsp = (helper: string): string =>
  PAGE_CSP.replace("connect-src 'self'", `connect-src 'self'${helper === '' ? '' : ` ${helper}`}`).concat(
    "; frame-src 'self'",
  );

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
