import type { Blobs } from './blobs.ts';
import type { BundleSealer } from './bundle-sealer.ts';
import type { Challenge } from './challenge.ts';
import type { Clock } from './clock.ts';
import type { Live } from './live.ts';
import type { Poster } from './poster.ts';
import type { Random } from './random.ts';
import type { RecordingSealer } from './recording-sealer.ts';
import type { Sealer } from './sealer.ts';
import type { LedgerSigner, ServerCrypto } from './server-crypto.ts';
import type { Store } from './store/store.ts';
import type { Witness } from './witness.ts';

/** Facts of this instance that requests need; no secret among them. */
export interface InstanceFacts {
  /** 32 lowercase hex digits, pinned in the client build. */
  readonly id: string;
  readonly mode: 'demo' | 'production';
  /** Public origin, e.g. `https://tin.example.gov.vn`, no trailing slash. */
  readonly origin: string;
  /** Origin line of the log, e.g. `tin.example.gov.vn/ledger`. */
  readonly logOrigin: string;
  readonly provinces: readonly string[];
  /** Seconds within which an accepted tip must be in the log. */
  readonly includeWithin: number;
  /** Seconds between two checkpoints of the log. */
  readonly cadence: number;
  /** Cosignatures without which a checkpoint is neither published nor believed. */
  readonly minWitnesses: number;
  /** Where "leave quickly" leads in either language; null: an ordinary page in the language of the address. */
  readonly neutralPage: string | null;
  /** Number of the hotline and onion address, as posters print them; empty where there is none. */
  readonly hotline: string;
  readonly onion: string;
  /** Port of the transcriber on operators' own machines, which their consoles may call; 0: none. */
  readonly transcriberPort: number;
}

/** Reads parsed JSON data shipped with the project (`db/data`), e.g. `conduct`, `clocks`, `plans`, `units/14`, `places/14`. */
export interface ReferenceData {
  get(name: string): unknown;
}

/** What one request's log line may hold, and nothing else. */
export interface RequestLog {
  request(line: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly ms: number;
    readonly code?: string;
    /** True for what a console fetched by itself: the moment would tell when a citizen did something. */
    readonly bySelf?: boolean;
  }): void;
  /** A fact about the service itself: event name and numbers or codes only. */
  service(
    level: 'info' | 'warn' | 'error',
    event: string,
    facts?: Record<string, string | number | boolean>,
  ): void;
}

/** Bounds of files, in bytes. */
export interface FileLimits {
  /** Largest attached file. */
  readonly attachmentBytes: number;
  /** Room for uploads that nothing carries yet. */
  readonly uploadRoom: number;
  /** Free disk that files never take, so that text keeps its room. */
  readonly diskReserve: number;
  /** Largest recording of a switchboard. */
  readonly recordingBytes: number;
}

/** Built once in an entry (or by a test) and handed to `createApp`; there are no globals. */
export interface Deps {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly challenge: Challenge;
  /** Always the proof of work, for uploads and citizens' steps: a third party's check never runs where codes are typed. */
  readonly proof: Challenge;
  readonly clock: Clock;
  readonly random: Random;
  readonly crypto: ServerCrypto;
  readonly ledger: LedgerSigner;
  /** Who looks at every checkpoint of the log before it is published. */
  readonly witnesses: readonly Witness[];
  /** Null when the script-less path is switched off. */
  readonly sealer: Sealer | null;
  /** Seals voicemail as it arrives. */
  readonly recordings: RecordingSealer;
  /** Seals auditors' bundles as they leave. */
  readonly bundles: BundleSealer;
  readonly live: Live;
  /** Null where no mail server is set: nobody gets a letter. */
  readonly poster: Poster | null;
  /** Moments at which letters go to those who asked for them, in seconds after 00:00 UTC+7, rising. */
  readonly digestHours: readonly number[];
  readonly instance: InstanceFacts;
  readonly limits: FileLimits;
  readonly data: ReferenceData;
  readonly log: RequestLog;
  /** 32-byte server secrets, each for one purpose. */
  readonly secrets: {
    readonly nonce: Uint8Array;
    readonly formToken: Uint8Array;
    readonly atRest: Uint8Array;
  };
  /** Hashed file names of the client build, by entry. */
  readonly assets: { url(entry: string): string };
}
