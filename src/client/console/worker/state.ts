import type { Seconds, UnitId } from '../../../domain/ids.ts';
import { fromBase64Url } from '../../../protocol/base64.ts';
import { wipe } from '../../../protocol/bytes.ts';
import { type EpochKeys, openEpochSecret } from '../../../protocol/epoch.ts';
import { ProtocolError } from '../../../protocol/errors.ts';
import type { Pins } from '../../../protocol/root.ts';
import type { StaffSecrets } from '../../../protocol/staff-credential.ts';
import type { Suite } from '../../../protocol/suite.ts';
import { Problem, sendJson } from '../http.ts';
import type { Me } from '../wire.ts';
import type { Joining } from './account.ts';
import { Attachments } from './attachments.ts';
import { Directories } from './directories.ts';
import { Hotline } from './hotline/hotline.ts';
import { Reads } from './reading.ts';

/** An epoch of the unit, opened: its secret and both key pairs. */
export interface OpenEpoch {
  readonly secret: Uint8Array;
  readonly keys: EpochKeys;
}

/** What is known while somebody's keys are open: who it is, their secrets, and the epochs opened so far. */
export class Keyring {
  readonly me: Me;
  readonly secrets: StaffSecrets;
  readonly #suite: Suite;
  readonly #directories: Directories;
  readonly #open = new Map<string, OpenEpoch>();
  /** Epochs of my unit whose wrap did not open, and the report of each. */
  readonly #broken = new Map<number, Promise<unknown>>();
  /** The server's clock less this computer's, in seconds. */
  readonly #offset: number;

  constructor(suite: Suite, directories: Directories, me: Me, secrets: StaffSecrets) {
    this.#suite = suite;
    this.#directories = directories;
    this.me = me;
    this.secrets = secrets;
    this.#offset = me.now - Math.floor(Date.now() / 1000);
  }

  /** The server's present time: what signed events carry. */
  now(): Seconds {
    return (Math.floor(Date.now() / 1000) + this.#offset) as Seconds;
  }

  /** True when a colleague has wrapped this epoch for me, and the wrap was not found broken. */
  has(unit: UnitId, epoch: number): boolean {
    if (unit === this.me.unit && this.#broken.has(epoch)) return false;
    return this.me.epochWraps.some((wrap) => wrap.unit === unit && wrap.epoch === epoch);
  }

  /**
   * Opens an epoch that was wrapped for me and checks it against the signed statement. A wrap that does not open is reported, so that a
   * colleague may make another. Throws Problem `no_key`, `key_broken`, ProtocolError `epoch_unknown`.
   */
  async epoch(unit: UnitId, epoch: number): Promise<OpenEpoch> {
    const name = `${unit}:${epoch}`;
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const wrap = this.me.epochWraps.find((candidate) => candidate.unit === unit && candidate.epoch === epoch);
    if (wrap === undefined) throw new Problem('no_key');
    const signed = await this.#directories.epoch(unit, epoch, this.now());
    const context = { instance: this.me.instance, unit, epoch, member: this.me.staff };
    try {
      const sealed = fromBase64Url(wrap.wrap);
      const opened = openEpochSecret(this.#suite, sealed, context, this.secrets.kem.secretKey, signed);
      this.#open.set(name, opened);
      return opened;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      if (unit === this.me.unit) await this.#report(epoch);
      throw new Problem('key_broken');
    }
  }

  /** Tells the unit once that my wrap of an epoch does not open; a report that got lost is made again at the next try. */
  async #report(epoch: number): Promise<void> {
    const report =
      this.#broken.get(epoch) ??
      sendJson('POST', '/api/staff/epoch-wraps/broken', { epochs: [epoch] }).catch(() => {
        this.#broken.delete(epoch);
      });
    this.#broken.set(epoch, report);
    await report;
  }

  /** The same person with what the server has given them since; opened epochs stay open. */
  renewed(me: Me): Keyring {
    const next = new Keyring(this.#suite, this.#directories, me, this.secrets);
    for (const [name, opened] of this.#open) next.#open.set(name, opened);
    return next;
  }

  /** Overwrites every secret. */
  forget(): void {
    wipe(this.secrets.sign.secretKey, this.secrets.kem.secretKey);
    for (const { secret, keys } of this.#open.values())
      wipe(secret, keys.kem.secretKey, keys.voice.secretKey);
    this.#open.clear();
  }
}

/** Everything that the Worker holds between two calls. */
export class WorkerState {
  readonly suite: Suite;
  readonly pins: Pins;
  readonly origin: string;
  readonly directories: Directories;
  readonly reads: Reads;
  readonly attachments = new Attachments();
  readonly hotline = new Hotline(this);
  /** An invitation that is being answered on this page. */
  joining: Joining | null = null;
  #keyring: Keyring | null = null;

  constructor(suite: Suite, pins: Pins, origin: string) {
    this.suite = suite;
    this.pins = pins;
    this.origin = origin;
    this.directories = new Directories(suite, pins);
    this.reads = new Reads(this);
  }

  /** The open keys. Throws Problem `locked` when there are none. */
  get keyring(): Keyring {
    if (this.#keyring === null) throw new Problem('locked');
    return this.#keyring;
  }

  /** Takes new keys in place of any that are open. */
  hold(keyring: Keyring): void {
    if (this.#keyring !== null && this.#keyring.secrets !== keyring.secrets) this.#keyring.forget();
    this.#keyring = keyring;
  }
}
