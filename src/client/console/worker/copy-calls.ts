import type { TipId, UnitId } from '../../../domain/ids.ts';
import type { CopyBlock } from '../../../domain/working-copy.ts';
import type { AttachmentView } from './calls.ts';

/** A picture for a working copy, as the page drew it. */
export interface CopyPicture {
  readonly file: Blob;
  readonly name: string;
  readonly type: string;
}

/** A working copy, opened; or why it stays closed. */
export interface OpenedCopy {
  readonly tip: TipId;
  readonly no: number;
  readonly unit: UnitId;
  readonly toUnit: UnitId;
  /** Names of the units in Vietnamese and English, by code. */
  readonly unitNames: Readonly<Record<string, { readonly vi: string; readonly en: string }>>;
  readonly day: string;
  readonly purpose: string;
  readonly blocks: readonly CopyBlock[];
  readonly pictures: readonly AttachmentView[];
  readonly code: string | null;
}

/** What the page asks of the Worker about what of a tip may be passed on. */
export interface CopyCalls {
  /** Seals a working copy for my unit and, where another is named, for that one, and signs the step that records it. */
  makeCopy: {
    readonly in: {
      readonly tip: TipId;
      readonly purpose: string;
      readonly blocks: readonly CopyBlock[];
      /** Drawn anew with areas painted over, in the order in which they are shown. */
      readonly pictures: readonly CopyPicture[];
      readonly toUnit: UnitId | null;
    };
    readonly out: { readonly no: number };
  };
  /** The copies of a tip that my unit made or got. */
  copies: { readonly in: { readonly tip: TipId }; readonly out: readonly OpenedCopy[] };
  /** Copies that other units made for mine. */
  receivedCopies: { readonly in: Record<string, never>; readonly out: readonly OpenedCopy[] };
}
