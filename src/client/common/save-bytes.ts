import { make } from './dom.ts';

/** Time that a browser has to take a download before its bytes are let go. */
const DOWNLOAD_MS = 10_000;

/** Offers bytes as a download. The media type says nothing, so that the browser opens nothing by itself. */
export function saveBytes(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = make('a', '');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), DOWNLOAD_MS);
}
