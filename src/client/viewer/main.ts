import '../common/older-browsers.ts';
import type { ViewKind } from '../../domain/attachments.ts';
import type { FromFrame, ToFrame } from './messages.ts';

/**
 * The script of the frame in which the console shows what a stranger sent. It runs in an origin that equals no other, without network,
 * cookies and storage; what is shown never runs: it is drawn by an img, audio or video element, or by pdf.js onto canvases.
 */
const page = parent;
const stage = document.body;
const say = (message: FromFrame): void => page.postMessage(message, '*');
const heightOf = (): number => Math.ceil(document.documentElement.scrollHeight);

/** Keys that the page answers to while the frame has the focus. */
const FOR_PAGE: readonly string[] = ['Escape', 'F7', 'F9'];
const BACK_SECONDS = 5;
/** Milliseconds between two signs that somebody is there. */
const SIGN_EVERY = 30_000;

let wanted: { readonly view: ViewKind; readonly type: string; readonly name: string } | null = null;
let chunks: ArrayBuffer[] = [];
let media: HTMLMediaElement | null = null;

const shown = (pages: number): void => say({ kind: 'shown', height: heightOf(), pages });
const failed = (): void => say({ kind: 'failed' });

function drawImage(url: string, name: string): void {
  const image = new Image();
  image.alt = name;
  image.addEventListener('load', () => shown(1), { once: true });
  image.addEventListener('error', failed, { once: true });
  // The picture as large as the frame, or pixel by pixel.
  image.addEventListener('click', () => image.classList.toggle('whole'));
  image.src = url;
  stage.append(image);
}

function drawMedia(view: 'audio' | 'video', url: string, name: string): void {
  const element = document.createElement(view);
  media = element;
  element.controls = true;
  element.setAttribute('aria-label', name);
  element.addEventListener('loadedmetadata', () => shown(1), { once: true });
  element.addEventListener('error', failed, { once: true });
  element.addEventListener('timeupdate', presence);
  element.src = url;
  stage.append(element);
}

async function draw(): Promise<void> {
  if (wanted === null) return;
  const { view, type, name } = wanted;
  const blob = new Blob(chunks, { type });
  chunks = [];
  stage.dataset.view = view;
  if (view === 'pdf') {
    const { drawPdf } = await import('./pdf.ts');
    shown(await drawPdf(new Uint8Array(await blob.arrayBuffer()), stage));
    return;
  }
  const url = URL.createObjectURL(blob);
  if (view === 'image') drawImage(url, name);
  else drawMedia(view, url, name);
}

const toggle = (): void => {
  if (media?.paused === true) void media.play().catch(failed);
  else media?.pause();
};
const back = (seconds: number): void => {
  if (media !== null) media.currentTime = Math.max(0, media.currentTime - seconds);
};

function hear(message: ToFrame): void {
  switch (message.kind) {
    case 'show':
      wanted = { view: message.view, type: message.type, name: message.name };
      break;
    case 'bytes':
      chunks.push(message.bytes);
      break;
    case 'end':
      draw().catch(failed);
      break;
    case 'speed':
      if (media !== null) media.playbackRate = message.rate;
      break;
    case 'back':
      back(message.seconds);
      break;
    case 'toggle':
      toggle();
      break;
  }
}

let last = 0;
/** The page locks itself when nobody touches it; who listens or reads in here is there, too. */
function presence(): void {
  const now = Date.now();
  if (now - last < SIGN_EVERY) return;
  last = now;
  say({ kind: 'key', key: '' });
}

addEventListener('message', (event: MessageEvent<ToFrame>) => {
  if (event.source === page) hear(event.data);
});
document.addEventListener('keydown', (event) => {
  presence();
  if (FOR_PAGE.includes(event.key)) {
    event.preventDefault();
    say({ kind: 'key', key: event.key });
  } else if (media !== null && event.key === ' ' && event.target !== media) {
    event.preventDefault();
    toggle();
  } else if (media !== null && event.key === 'ArrowLeft') {
    event.preventDefault();
    back(BACK_SECONDS);
  }
});
for (const sign of ['pointerdown', 'wheel', 'touchstart'] as const)
  addEventListener(sign, presence, { passive: true });
say({ kind: 'ready' });
