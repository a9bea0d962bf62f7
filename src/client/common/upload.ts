import { MAX_PART_BYTES } from '../../protocol/attachment.ts';
import type { ChallengeAnswer } from '../../protocol/wire.ts';
import type { UploadComplete, UploadStatus } from '../../protocol/wire-uploads.ts';
import type { AttachmentInfo } from '../worker/outgoing-files.ts';
import { NetworkError, RefusedError } from './http.ts';
import type { Line, LineRequest } from './upload-line.ts';

/** Where the sealed parts come from: the crypto Worker. */
export interface PartSource {
  part(no: number): Promise<Uint8Array<ArrayBuffer>>;
  done(no: number, hash: string): Promise<unknown>;
  /** Solves a proof of work; base64url. */
  solve(challenge: ChallengeAnswer): Promise<string>;
}

/** What a person sees of it. */
export interface UploadView {
  /** Sealed bytes that have left, of all. */
  progress(sent: number, all: number): void;
  /** `waiting`: the line is gone and is tried again by itself. */
  note(state: 'sending' | 'waiting' | 'paused'): void;
}

/** The person gave it up. */
export class UploadCancelled extends Error {
  override readonly name = 'UploadCancelled';
}

/** Parts on the line at once. */
const IN_FLIGHT = 2;
/** Longest pause between two tries, in seconds. */
const LONGEST_PAUSE = 60;
/** How often the service may have lost an upload, or parts of it, before that is told. */
const MOST_BEGINNINGS = 3;
/** Refusals that another proof of work mends. */
const NEW_PROOF: readonly string[] = ['challenge_expired', 'challenge_spent', 'challenge_invalid'];

/**
 * Sends one file, part by part, until the server has all of it. A line that drops, a server that restarts and a part that got lost are
 * met by asking what is there and sending the rest; only a refusal that no waiting mends ends it.
 */
export class Upload {
  private readonly info: AttachmentInfo;
  private readonly source: PartSource;
  private readonly view: UploadView;
  private readonly line: Line;
  private readonly gone = new AbortController();
  /** Aborted to stop what is on the line, replaced to go on. */
  private running = new AbortController();
  private resumed: (() => void) | null = null;
  private paused: Promise<void> | null = null;
  private readonly arrived = new Set<number>();
  private readonly underway = new Map<number, number>();
  /** The line dropped: one part alone tries it first. */
  private doubtful = false;

  constructor(info: AttachmentInfo, source: PartSource, view: UploadView, line: Line) {
    this.info = info;
    this.source = source;
    this.view = view;
    this.line = line;
  }

  /** Stops the line; what has arrived stays. */
  pause(): void {
    if (this.paused !== null) return;
    this.paused = new Promise((resolve) => {
      this.resumed = resolve;
    });
    this.running.abort();
    this.view.note('paused');
  }

  resume(): void {
    this.running = new AbortController();
    this.paused = null;
    this.resumed?.();
    this.resumed = null;
  }

  /** Gives it up; the server forgets what it has, at once or within a day. */
  cancel(): void {
    this.gone.abort();
    this.resume();
    this.running.abort();
    const { id, secret } = this.info;
    this.line.send({ method: 'DELETE', url: `/api/uploads/${id}`, secret }).catch(() => undefined);
  }

  /**
   * Resolves with the root of the parts once the server has them all. Throws `RefusedError`, `UploadCancelled`, and what the source
   * throws: a file that can no longer be read, a server that says other hashes.
   */
  async run(): Promise<{ readonly root: string }> {
    let beginnings = 0;
    let losses = 0;
    let begun = false;
    for (let tries = 0; ; ) {
      await this.mayRun();
      try {
        this.view.note('sending');
        if (!begun) {
          await this.begin();
          begun = true;
        }
        await this.ask();
        await this.sendParts(() => {
          tries = 0;
        });
        return await this.complete();
      } catch (error) {
        this.underway.clear();
        if (this.gone.signal.aborted) throw new UploadCancelled();
        if (error instanceof RefusedError && error.code === 'upload_unknown' && begun) {
          if (++beginnings === MOST_BEGINNINGS) throw error;
          begun = false;
          this.arrived.clear();
        } else if (error instanceof RefusedError && error.code === 'upload_incomplete') {
          if (++losses > MOST_BEGINNINGS) throw error;
        } else if (this.paused === null && isPassing(error)) {
          this.doubtful = true;
          this.view.note('waiting');
          await this.line.wait(Math.min(2 ** ++tries, LONGEST_PAUSE), this.gone.signal);
        } else if (this.paused === null) throw error;
      }
    }
  }

  private async mayRun(): Promise<void> {
    await this.paused;
    if (this.gone.signal.aborted) throw new UploadCancelled();
  }

  private async begin(): Promise<void> {
    const { id, bytes, hash } = this.info;
    for (let tries = 1; ; tries++) {
      const challenge = (await this.json('POST', '/api/proof', { seal: hash }, false)) as ChallengeAnswer;
      const solution = await this.source.solve(challenge);
      try {
        await this.json('POST', '/api/uploads', { id, bytes, solution });
        return;
      } catch (error) {
        const unproven = error instanceof RefusedError && NEW_PROOF.includes(error.code);
        if (!unproven || tries === MOST_BEGINNINGS) throw error;
      }
    }
  }

  /** Learns which parts are there; those of this run alone count, because only their bytes are known here. */
  private async ask(): Promise<void> {
    const { have } = (await this.json('GET', `/api/uploads/${this.info.id}`)) as UploadStatus;
    for (let no = 0; no < this.info.parts; no++) {
      const hash = have[no] ?? null;
      if (hash === null) this.arrived.delete(no);
      else if (!this.arrived.has(no)) await this.take(no, hash);
    }
    this.tell();
  }

  private async take(no: number, hash: string): Promise<void> {
    await this.source.done(no, hash);
    this.underway.delete(no);
    this.arrived.add(no);
  }

  private async sendParts(moved: () => void): Promise<void> {
    const left = Array.from({ length: this.info.parts }, (_, no) => no).filter((no) => !this.arrived.has(no));
    let failing = false;
    const next = async (): Promise<void> => {
      for (let no = left.shift(); no !== undefined; no = failing ? undefined : left.shift()) {
        await this.sendPart(no).catch((error: unknown) => {
          failing = true;
          throw error;
        });
        moved();
      }
    };
    const first = this.doubtful ? left.shift() : undefined;
    if (first !== undefined) {
      await this.sendPart(first);
      moved();
    }
    this.doubtful = false;
    // All must have stopped before anything is decided: no part may still be on the line when the rest is asked for.
    const results = await Promise.allSettled(Array.from({ length: IN_FLIGHT }, next));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private async sendPart(no: number): Promise<void> {
    const bytes = await this.source.part(no);
    const { id, secret } = this.info;
    const request: LineRequest = {
      method: 'PUT',
      url: `/api/uploads/${id}/parts/${no}`,
      secret,
      body: { type: 'application/octet-stream', bytes },
    };
    const sent = (count: number): void => {
      this.underway.set(no, count);
      this.tell();
    };
    const { json } = await this.line.send(request, sent, this.running.signal);
    await this.take(no, (json as { hash: string }).hash);
    this.tell();
  }

  private async complete(): Promise<{ readonly root: string }> {
    const { root } = (await this.json('POST', `/api/uploads/${this.info.id}/complete`)) as UploadComplete;
    return { root };
  }

  private async json(
    method: LineRequest['method'],
    url: string,
    body?: object,
    withSecret = true,
  ): Promise<unknown> {
    const { json } = await this.line.send(
      {
        method,
        url,
        ...(withSecret ? { secret: this.info.secret } : {}),
        ...(body === undefined ? {} : { body: { type: 'application/json', bytes: JSON.stringify(body) } }),
      },
      undefined,
      this.running.signal,
    );
    return json;
  }

  private tell(): void {
    const { bytes, parts } = this.info;
    const last = parts - 1;
    let sent = 0;
    for (const no of this.arrived) sent += no === last ? bytes - last * MAX_PART_BYTES : MAX_PART_BYTES;
    for (const count of this.underway.values()) sent += count;
    this.view.progress(Math.min(sent, bytes), bytes);
  }
}

/** True for what waiting mends: no answer, or a service that says "later". */
const isPassing = (error: unknown): boolean =>
  error instanceof NetworkError ||
  (error instanceof RefusedError && error.later && error.code !== 'storage_full');
