import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Hash, TipId, UnitId } from '../../src/domain/ids.ts';
import { fromUtf8, toHex, utf8 } from '../../src/protocol/bytes.ts';
import { encodeUnitMessage } from '../../src/protocol/content.ts';
import { parseCore } from '../../src/protocol/core.ts';
import { sealEnvelope } from '../../src/protocol/envelope.ts';
import { buildEvent, eventLeaf, signEvent } from '../../src/protocol/event.ts';
import { hashSeal } from '../../src/protocol/seal.ts';
import { loadSodiumSuite } from '../../src/protocol/sodium.ts';
import { mailboxRecipient } from '../../src/protocol/wraps.ts';
import type { TestServer } from './server.ts';

interface Envelope {
  readonly seq: number;
  readonly core: Uint8Array;
  readonly seal: Uint8Array;
  readonly body: Uint8Array;
  readonly wraps: Uint8Array;
}

/**
 * Somebody with the database in their hands while the service runs: every trigger and foreign key that would stop them is gone, and they
 * know the public keys in it and the format, but no secret.
 */
export class Thief {
  readonly #db: Database.Database;

  constructor({ folder }: TestServer) {
    this.#db = new Database(join(folder, 'tinkin.sqlite'), { timeout: 10_000 });
    this.#db.pragma('foreign_keys = OFF');
    const triggers = this.#db
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
      .all();
    for (const { name } of triggers) this.#db.exec(`DROP TRIGGER ${name}`);
  }

  close(): void {
    this.#db.close();
  }

  #seq(tip: string): number {
    const row = this.#db.prepare<[Buffer], { seq: number }>('SELECT seq FROM tip WHERE id = ?');
    return row.get(Buffer.from(tip, 'hex'))?.seq ?? 0;
  }

  #envelope(tip: string, no: number): Envelope {
    const found = this.#db
      .prepare<[number, number], Envelope>(
        `SELECT e.seq, e.core, e.seal, e.body, w.wraps FROM envelope e JOIN envelope_wraps w ON w.envelope = e.seq
          WHERE e.tip = ? AND e.no = ?`,
      )
      .get(this.#seq(tip), no);
    if (found === undefined) throw new Error(`no envelope ${no}`);
    return found;
  }

  #put(tip: string, no: number, { core, seal, body, wraps }: Omit<Envelope, 'seq'>): void {
    const { lastInsertRowid } = this.#db
      .prepare(`INSERT INTO envelope (tip, no, kind, core, seal, body) VALUES (?, ?, 'message', ?, ?, ?)`)
      .run(this.#seq(tip), no, core, seal, body);
    this.#db
      .prepare('INSERT INTO envelope_wraps (envelope, wraps) VALUES (?, ?)')
      .run(lastInsertRowid, wraps);
  }

  #overwrite(at: Envelope, { core, seal, body, wraps }: Omit<Envelope, 'seq'>): void {
    this.#db
      .prepare('UPDATE envelope SET core = ?, seal = ?, body = ? WHERE seq = ?')
      .run(core, seal, body, at.seq);
    this.#db.prepare('UPDATE envelope_wraps SET wraps = ? WHERE envelope = ?').run(wraps, at.seq);
  }

  /** A message in the unit's name, sealed to the citizen's mailbox with a key of the thief's own. */
  async inject(tip: string, no: number, text: string): Promise<void> {
    const suite = await loadSodiumSuite();
    const before = this.#envelope(tip, no - 1);
    const told = parseCore(new Uint8Array(this.#envelope(tip, 2).core));
    const box = this.#db
      .prepare<[number], { locator: Buffer; mailbox_key: Buffer }>(
        'SELECT locator, mailbox_key FROM mailbox WHERE tip = ?',
      )
      .get(this.#seq(tip));
    if (box === undefined) throw new Error('no mailbox');
    const sealed = sealEnvelope(suite, {
      kind: 'message',
      instance: told.instance,
      tip: tip as TipId,
      unit: told.unit,
      epoch: told.epoch,
      directory: told.directory,
      author: suite.ed25519KeyPair(suite.randomBytes(32)),
      no,
      prev: hashSeal(suite, new Uint8Array(before.seal)),
      content: encodeUnitMessage({
        v: 2,
        from: { unit: told.unit, name: 'Công an phường Tô Hiệu' },
        day: '2026-11-23',
        text,
        about: 'plain',
        ask: null,
      }),
      recipients: [
        {
          id: mailboxRecipient(toHex(new Uint8Array(box.locator))),
          publicKey: new Uint8Array(box.mailbox_key),
        },
      ],
    });
    this.#put(tip, no, sealed);
  }

  /** The bytes of an old message once more under a new number. */
  replay(tip: string, old: number, no: number): void {
    this.#put(tip, no, this.#envelope(tip, old));
  }

  /** The bytes of an old message in the place of another. */
  replace(tip: string, old: number, no: number): void {
    this.#overwrite(this.#envelope(tip, no), this.#envelope(tip, old));
  }

  swap(tip: string, one: number, other: number): void {
    const [a, b] = [this.#envelope(tip, one), this.#envelope(tip, other)];
    this.#overwrite(a, b);
    this.#overwrite(b, a);
  }

  remove(tip: string, no: number): void {
    const { seq } = this.#envelope(tip, no);
    this.#db.prepare('DELETE FROM envelope_wraps WHERE envelope = ?').run(seq);
    this.#db.prepare('DELETE FROM envelope WHERE seq = ?').run(seq);
  }

  removeEvent(tip: string, no: number): void {
    const chain = this.#seq(tip);
    this.#db
      .prepare('DELETE FROM event_opening WHERE event = (SELECT seq FROM event WHERE chain = ? AND no = ?)')
      .run(chain, no);
    this.#db.prepare('DELETE FROM event WHERE chain = ? AND no = ?').run(chain, no);
  }

  /** Lets an event name the seal of another message. */
  alterEvent(tip: string, no: number, sealOf: number): void {
    const chain = this.#seq(tip);
    const row = this.#db
      .prepare<[number, number], { part: Buffer }>(
        'SELECT citizen_part AS part FROM event WHERE chain = ? AND no = ?',
      )
      .get(chain, no);
    const part = JSON.parse(fromUtf8(new Uint8Array(row?.part ?? []))) as { message: { seal: string } };
    const words = JSON.stringify(part).replace(part.message.seal, this.sealHash(tip, sealOf));
    this.#db
      .prepare('UPDATE event SET citizen_part = ? WHERE chain = ? AND no = ?')
      .run(utf8(words), chain, no);
  }

  sealHash(tip: string, no: number): Hash {
    const row = this.#db
      .prepare<[number, number], { part: Buffer }>(
        `SELECT citizen_part AS part FROM event WHERE chain = ? AND json_extract(CAST(citizen_part AS TEXT), '$.message.no') = ?`,
      )
      .get(this.#seq(tip), no);
    return (JSON.parse(fromUtf8(new Uint8Array(row?.part ?? []))) as { message: { seal: Hash } }).message
      .seal;
  }

  /** A step that nobody took, at the end of the chain, signed with a key of the thief's own. */
  async forgeMute(tip: string, unit: UnitId, instance: string): Promise<void> {
    const suite = await loadSodiumSuite();
    const chain = this.#seq(tip);
    const last = this.#db
      .prepare<[number], { no: number; leaf: Buffer; part: Buffer }>(
        'SELECT no, leaf, citizen_part AS part FROM event WHERE chain = ? ORDER BY no DESC LIMIT 1',
      )
      .get(chain);
    if (last === undefined) throw new Error('no event');
    const at = Math.floor(Date.now() / 1000);
    const told = JSON.parse(fromUtf8(new Uint8Array(last.part))) as Record<string, unknown>;
    const prev = toHex(new Uint8Array(last.leaf)) as Hash;
    const header = { type: 'thread_muted', instance, subject: `tip:${tip}`, no: last.no + 1, prev };
    const citizen = { ...told, step: 'thread_muted', message: null } as Parameters<typeof buildEvent>[2];
    const restricted = {
      v: 1,
      actor: { staff: '11'.repeat(16), unit },
      act: { step: 'thread_muted', reason: 'x' },
    } as Parameters<typeof buildEvent>[3];
    const built = buildEvent(
      suite,
      { ...header, time: { at } } as Parameters<typeof buildEvent>[1],
      citizen,
      restricted,
    );
    const record = signEvent(suite, built, suite.ed25519KeyPair(suite.randomBytes(32)));
    const salt = suite.randomBytes(32);
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO event (chain, no, prev, type, leaf, at, record, citizen_part, restricted_part)
         VALUES (?, ?, ?, 'thread_muted', ?, ?, ?, ?, ?)`,
      )
      .run(
        chain,
        last.no + 1,
        last.leaf,
        Buffer.from(eventLeaf(suite, salt, record), 'hex'),
        at,
        record,
        built.citizenPart,
        built.restrictedPart,
      );
    this.#db
      .prepare(
        'INSERT INTO event_opening (event, leaf_salt, citizen_salt, restricted_salt) VALUES (?, ?, ?, ?)',
      )
      .run(lastInsertRowid, salt, built.citizenSalt, built.restrictedSalt);
  }
}
