import {
  RECORDING_ENDED_EVENT,
  RECORDING_OPENED_EVENT,
  recordingEndPartsOf,
  recordingPartsOf,
} from '../../../../domain/reader-parts.ts';
import {
  hashPart,
  openPart,
  PART_BYTES,
  partsRoot,
  withoutPadding,
} from '../../../../protocol/attachment.ts';
import { fromBase64Url } from '../../../../protocol/base64.ts';
import { concat, equalBytes, fromHex, wipe } from '../../../../protocol/bytes.ts';
import { ensure } from '../../../../protocol/errors.ts';
import type { Part } from '../../../../protocol/event.ts';
import { openRecordingKey, openRecordingMeta, type RecordingMeta } from '../../../../protocol/recording.ts';
import type { WireOpenRecording } from '../../../../protocol/wire-hotline.ts';
import { getBytes, getJson, Problem, sendJson } from '../../http.ts';
import type { SignedEvent } from '../../wire.ts';
import type { RecordingCalls } from '../hotline-calls.ts';
import { type Head, onceMore, signedEvent } from '../signing.ts';
import type { WorkerState } from '../state.ts';

const BASE = '/api/staff/hotline/recordings';

interface Opened {
  readonly id: string;
  readonly key: Uint8Array;
  readonly hashes: readonly Uint8Array[];
  readonly meta: RecordingMeta;
}

/** The one recording that is being heard: its key is here from opening to ending, or until another one is opened. */
export class Recordings {
  readonly #state: WorkerState;
  #opened: Opened | null = null;

  constructor(state: WorkerState) {
    this.#state = state;
  }

  /** Signs that I open it, and takes its key, hashes and particulars when they belong together. Throws Problem, `recording_corrupt`. */
  async open(id: string): Promise<RecordingCalls['openRecording']['out']> {
    const opened = await this.#ask(id);
    this.close();
    this.#opened = opened;
    const { type, seconds, line, size } = opened.meta;
    return { type, seconds, line, parts: Math.ceil(size / PART_BYTES) };
  }

  /** One plain part without its padding. Throws Problem `not_read`, ProtocolError `part_corrupt`, `part_size`. */
  async part(id: string, no: number): Promise<Uint8Array> {
    const { key, hashes, meta } = this.#current(id);
    const wanted = hashes[no];
    ensure(wanted !== undefined, 'part_size');
    const sealed = await this.#sealedPart(id, no);
    ensure(equalBytes(hashPart(this.#state.suite, sealed), wanted), 'part_corrupt', 'hash');
    return withoutPadding(openPart(this.#state.suite, key, id, no, sealed), no, meta.size).slice();
  }

  /** Has it destroyed for good, by my signed event. Throws Problem. */
  async end(id: string, end: 'transcribed' | 'nothing', reason: string): Promise<void> {
    const { staff, unit } = this.#state.keyring.me;
    await this.#inTurn(
      RECORDING_ENDED_EVENT,
      recordingEndPartsOf({ staff, unit }, id, end, reason),
      (event) => sendJson('POST', `${BASE}/${id}/end`, { event, end, reason }),
    );
    this.close();
  }

  /** Overwrites the key of what was heard. */
  close(): void {
    if (this.#opened !== null) wipe(this.#opened.key);
    this.#opened = null;
  }

  async #ask(id: string): Promise<Opened> {
    const { suite, pins, keyring } = this.#state;
    const { staff, unit } = keyring.me;
    const answer = await this.#inTurn(
      RECORDING_OPENED_EVENT,
      recordingPartsOf({ staff, unit }, id),
      (event) => sendJson<WireOpenRecording>('POST', `${BASE}/${id}/open`, { event }),
    );
    const recording = { instance: pins.instance, unit, id };
    const hashes = answer.hashes.map((hash) => fromHex(hash));
    const root = partsRoot(suite, id, concat(...hashes));
    const key = openRecordingKey(suite, fromBase64Url(answer.wrap), recording, {
      staff,
      kemSecret: keyring.secrets.kem.secretKey,
    });
    try {
      // Bound to the root of the parts: other parts, or parts in another order, do not open it.
      const meta = openRecordingMeta(suite, key, recording, root, fromBase64Url(answer.meta));
      return { id, key, hashes, meta };
    } catch (error) {
      wipe(key);
      throw error;
    }
  }

  #current(id: string): Opened {
    if (this.#opened?.id !== id) throw new Problem('not_read');
    return this.#opened;
  }

  /** A part as it lies with the server; where that has forgotten that I opened it (it was restarted), it is opened once more. */
  async #sealedPart(id: string, no: number): Promise<Uint8Array> {
    const path = `${BASE}/${id}/parts/${no}`;
    try {
      return await getBytes(path);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'not_read') throw error;
      wipe((await this.#ask(id)).key);
      return getBytes(path);
    }
  }

  /** One event of my own chain after the other, joined to its head. */
  #inTurn<T>(
    type: string,
    { citizen, restricted }: { readonly citizen: Part; readonly restricted: Part },
    send: (event: SignedEvent) => Promise<T>,
  ): Promise<T> {
    const state = this.#state;
    return state.reads.inTurn(() =>
      onceMore(async () => {
        const head = await getJson<Head>('/api/staff/hotline/head');
        const subject = `reader:${state.keyring.me.staff}`;
        const facts = { type, subject, head, at: state.keyring.now() };
        return send(signedEvent(state, facts, citizen, restricted));
      }),
    );
  }
}
