import type { Hour, TipId, UnitId } from '../../../domain/ids.ts';
import type { Outcome, Overlay, Stage } from '../../../domain/terms.ts';
import type { MailboxStore } from '../../../ports/store/mailbox-store.ts';
import { fromHex, plain, toHex } from './codec.ts';
import { type Db, snapshot } from './connection.ts';
import { createEnvelopes } from './envelopes.ts';
import type { EventLog } from './events.ts';

interface KeysRow {
  readonly id: Uint8Array;
  readonly login_key: Uint8Array;
  readonly mailbox_key: Uint8Array;
}

interface ViewRow {
  readonly seq: number;
  readonly unit: UnitId;
  readonly t0: Hour;
  readonly stage: Stage;
  readonly overlay: Overlay;
  readonly outcome: Outcome | null;
}

const LOCATOR = /^[0-9a-f]{32}$/;

/** What the holder of a code may read. */
export function createMailboxStore(db: Db, events: EventLog): MailboxStore {
  const envelopes = createEnvelopes(db);
  const keys = db.prepare<[Uint8Array], KeysRow>(
    'SELECT t.id, m.login_key, m.mailbox_key FROM mailbox m JOIN tip t ON t.seq = m.tip WHERE m.locator = ?',
  );
  const view = db.prepare<[Uint8Array], ViewRow>(
    'SELECT seq, unit, t0, stage, overlay, outcome FROM tip WHERE id = ?',
  );
  return {
    async keys(locator) {
      const row = LOCATOR.test(locator) ? keys.get(fromHex(locator)) : undefined;
      if (row === undefined) return null;
      return {
        tip: toHex<TipId>(row.id),
        loginKey: plain(row.login_key),
        mailboxKey: plain(row.mailbox_key),
      };
    },
    async view(tip) {
      return snapshot(db, () => {
        const row = view.get(fromHex(tip));
        if (row === undefined) return null;
        const { seq, ...shown } = row;
        const steps = events.ofTip(seq);
        const last = steps.at(-1);
        if (last === undefined) return null;
        return {
          tip,
          ...shown,
          head: { no: last.no, leaf: last.leaf },
          steps: steps.map(({ no, type, citizenPart, citizenSalt, leaf }) => ({
            no,
            type,
            citizenPart,
            citizenSalt,
            leaf,
          })),
          messages: envelopes.messages(seq),
        };
      });
    },
  };
}
