import { eachPart, IN_MEMORY_BYTES, type PartedFile } from './load-parts.ts';

/** What browsers that write a file as it comes offer for it. */
interface Picker {
  showSaveFilePicker?(options: { readonly suggestedName: string }): Promise<{
    createWritable(): Promise<{
      write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
      close(): Promise<void>;
      abort(): Promise<void>;
    }>;
  }>;
}

const picker = (): Picker => globalThis as unknown as Picker;

/** Whether a file of this size can be saved by this browser. */
export const canSave = (size: number): boolean =>
  size <= IN_MEMORY_BYTES || picker().showSaveFilePicker !== undefined;

/**
 * Saves a file part by part: small ones by way of the page's memory, larger ones straight to the disk where the person points. The media type is
 * never told to the browser, so that it opens nothing by itself. `open` is asked once a place is chosen. False when the person chose none.
 */
export async function saveFile(
  name: string,
  size: number,
  open: () => Promise<PartedFile>,
  progress: (done: number, total: number) => void,
): Promise<boolean> {
  if (size > IN_MEMORY_BYTES) return saveToDisk(name, open, progress);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await eachPart(
    await open(),
    (bytes) => void chunks.push(bytes),
    progress,
    () => false,
  );
  const url = URL.createObjectURL(new Blob(chunks, { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return true;
}

async function saveToDisk(
  name: string,
  open: () => Promise<PartedFile>,
  progress: (done: number, total: number) => void,
): Promise<boolean> {
  const place = await picker()
    .showSaveFilePicker?.({ suggestedName: name })
    .catch(() => undefined);
  if (place === undefined) return false;
  const target = await place.createWritable();
  try {
    await eachPart(
      await open(),
      (bytes) => target.write(bytes),
      progress,
      () => false,
    );
  } catch (error) {
    await target.abort();
    throw error;
  }
  await target.close();
  return true;
}
