/** Something that comes in plain parts: an attachment, a recording. */
export interface PartedFile {
  readonly name: string;
  readonly type: string;
  /** Bytes of the whole. */
  readonly size: number;
  readonly parts: number;
  part(no: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Bytes up to which a file is held in the page's memory: to look at it, or to save it where the browser cannot write as it comes. */
export const IN_MEMORY_BYTES = 200 * 1024 * 1024;

/**
 * Fetches the parts one after the other and hands each on; parts of padding alone are empty and left out. Stops between two parts once `ended`
 * says so. True when all were handed on.
 */
export async function eachPart(
  file: PartedFile,
  take: (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>,
  progress: (done: number, total: number) => void,
  ended: () => boolean,
): Promise<boolean> {
  for (let no = 0; no < file.parts; no += 1) {
    if (ended()) return false;
    progress(no, file.parts);
    const bytes = await file.part(no);
    if (ended()) return false;
    if (bytes.length > 0) await take(bytes);
  }
  return true;
}
