import type { LineRequest } from '../common/upload-line.ts';

/** What the page asks of the Worker that sends parts. `id` counts up within one Worker. */
export type PartLineAsk =
  | { readonly id: number; readonly request: LineRequest; readonly lang: 'vi' | 'en' }
  | { readonly id: number; readonly stop: true };

/** What it tells of one request: bytes that have left, and at last its end. */
export type PartLineReply =
  | { readonly id: number; readonly kind: 'sent'; readonly bytes: number }
  | { readonly id: number; readonly kind: 'done'; readonly json: unknown }
  | { readonly id: number; readonly kind: 'lost' }
  | {
      readonly id: number;
      readonly kind: 'refused';
      readonly code: string;
      readonly sentence: string;
      readonly later: boolean;
    };

/** The end of a request. */
export type PartLineEnd = Exclude<PartLineReply, { readonly kind: 'sent' }>;
