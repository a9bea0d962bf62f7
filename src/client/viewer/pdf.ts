import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { MOST_PAGES } from './messages.ts';

/** Device pixels of a page's canvas at most: a page that claims to be a field is drawn small. */
const MOST_PIXELS = 12_000_000;

/**
 * Draws a PDF page by page as it comes into sight, onto canvases: no script, form, link or attachment of it is acted upon. Returns how many pages
 * it has. Throws what pdf.js throws for bytes that are none, and for one with a password.
 */
export async function drawPdf(bytes: Uint8Array, stage: HTMLElement): Promise<number> {
  // An opaque origin starts no Worker: pdf.js finds its worker's code here and runs it in this very frame.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  const pdf = await getDocument({
    data: bytes,
    enableXfa: false,
    useWasm: false,
    useWorkerFetch: false,
    stopAtErrors: false,
  }).promise;
  const count = Math.min(pdf.numPages, MOST_PAGES);
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        drawPage(pdf, target as HTMLCanvasElement).catch(() => target.classList.add('broken'));
      }
    },
    { rootMargin: '400px' },
  );
  const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
  for (let no = 1; no <= count; no += 1) {
    const canvas = document.createElement('canvas');
    canvas.dataset.page = String(no);
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `${no} / ${pdf.numPages}`);
    // The place that it will take, until it is drawn.
    canvas.width = Math.ceil(first.width);
    canvas.height = Math.ceil(first.height);
    stage.append(canvas);
    watcher.observe(canvas);
  }
  return pdf.numPages;
}

async function drawPage(pdf: PDFDocumentProxy, canvas: HTMLCanvasElement): Promise<void> {
  const page = await pdf.getPage(Number(canvas.dataset.page));
  const plain = page.getViewport({ scale: 1 });
  const wide = (canvas.clientWidth * devicePixelRatio) / plain.width;
  const most = Math.sqrt(MOST_PIXELS / (plain.width * plain.height));
  const viewport = page.getViewport({ scale: Math.min(Math.max(wide, 1), most) });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport, annotationMode: 0 }).promise;
  page.cleanup();
}
