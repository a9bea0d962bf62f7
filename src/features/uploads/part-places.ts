/** Parts that may be on the line at once, from everybody together: what they hold of memory is bounded, each by one part's length. */
export const PARTS_AT_ONCE = 128;
/** Parts of one upload that may be: a slow sender, honest or not, never holds the places of all the others. */
export const PARTS_OF_ONE = 4;

/** Places for parts that are being read and written. */
export interface PartPlaces {
  /** Takes a place for a part of this upload and gives what frees it again; null when there is none. */
  take(upload: string): (() => void) | null;
}

export function partPlaces(): PartPlaces {
  const taken = new Map<string, number>();
  let all = 0;
  const free = (upload: string): void => {
    all--;
    const left = (taken.get(upload) ?? 1) - 1;
    if (left === 0) taken.delete(upload);
    else taken.set(upload, left);
  };
  return {
    take(upload) {
      const own = taken.get(upload) ?? 0;
      if (all >= PARTS_AT_ONCE || own >= PARTS_OF_ONE) return null;
      all++;
      taken.set(upload, own + 1);
      return () => free(upload);
    },
  };
}
