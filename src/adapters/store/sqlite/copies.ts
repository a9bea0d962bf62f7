import { AppError } from '../../../domain/errors.ts';
import type { TipId, UnitId } from '../../../domain/ids.ts';
import type { CopiesStore, CopyCommit, CopyRow } from '../../../ports/store/copies-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import type { TipBefore, TipChanges } from './change.ts';
import { createClaims } from './claims.ts';
import { fromHex, plain, toHex } from './codec.ts';
import type { Db } from './connection.ts';
import { type EventLog, tipSubject } from './events.ts';
import { prepared } from './prepared.ts';
import { ChangeRefused } from './refused.ts';

/** Most copies that one list of received ones gives. */
const RECEIVED = 200;

const listed = query
  .selectFrom('working_copy as w')
  .innerJoin('tip as t', 't.seq', 'w.tip')
  .select([
    't.id',
    'w.no',
    'w.unit',
    'w.to_unit as toUnit',
    'w.core',
    'w.body',
    'w.seal',
    'w.wraps',
    'w.manifest',
  ]);

type Stored = Omit<CopyRow, 'tip' | 'manifest'> & {
  readonly id: Uint8Array;
  readonly manifest: Uint8Array | null;
};

const rowOf = ({ id, no, unit, toUnit, core, body, seal, wraps, manifest }: Stored): CopyRow => ({
  tip: toHex(id) as TipId,
  ...{ no, unit, toUnit },
  core: plain(core),
  body: plain(body),
  seal: plain(seal),
  wraps: plain(wraps),
  ...(manifest === null ? {} : { manifest: plain(manifest) }),
});

/** Working copies beside the threads of their tips. */
export function createCopiesStore(db: Db, events: EventLog, changes: TipChanges): CopiesStore {
  const claims = createClaims(db);
  const before = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    query
      .selectFrom('tip')
      .select(['seq', 'unit', 'stage', 'transfer_to as transferTo'])
      .where('id', '=', p('tip')),
  );
  const insert = prepared(db, (p: Names<Omit<Stored, 'id'> & { readonly tip: number }>) =>
    query
      .insertInto('working_copy')
      .values({
        tip: p('tip'),
        no: p('no'),
        unit: p('unit'),
        to_unit: p('toUnit'),
        core: p('core'),
        body: p('body'),
        seal: p('seal'),
        wraps: p('wraps'),
        manifest: p('manifest'),
      })
      .onConflict((conflict) => conflict.doNothing()),
  );
  const ofTip = prepared(db, (p: Names<{ tip: Uint8Array }>) =>
    listed.where('t.id', '=', p('tip')).orderBy('w.no'),
  );
  const received = prepared(db, (p: Names<{ unit: UnitId }>) =>
    listed
      .where('w.to_unit', '=', p('unit'))
      .whereRef('w.to_unit', '<>', 'w.unit')
      .orderBy('w.tip', 'desc')
      .orderBy('w.no', 'desc')
      .limit(lit(RECEIVED)),
  );

  const write = ({ event, change, copy, pictures }: CopyCommit): 'made' => {
    const tip: TipBefore | undefined = before.get({ tip: fromHex(copy.tip) });
    if (tip === undefined) throw new AppError('tip_unknown');
    if (event.subject !== tipSubject(copy.tip)) throw new TypeError('the event must be of the tip');
    events.appendToTip(tip.seq, event);
    const { no, unit, toUnit, core, body, seal, wraps, manifest = null } = copy;
    if (insert.run({ tip: tip.seq, no, unit, toUnit, core, body, seal, wraps, manifest }).changes === 0)
      throw new AppError('step_not_allowed', { field: 'copy' });
    if (!claims.claimForCopy(tip.seq, no, pictures)) throw new AppError('attachment_missing');
    changes.apply(tip, change, event);
    return 'made';
  };

  return {
    async make(commit) {
      try {
        return events.transaction(() => write(commit));
      } catch (error) {
        if (error instanceof ChangeRefused) throw new AppError('step_not_allowed', { cause: error });
        throw error;
      }
    },
    async ofTip(tip) {
      return ofTip.all({ tip: fromHex(tip) }).map(rowOf);
    },
    async receivedBy(unit) {
      return received.all({ unit }).map(rowOf);
    },
  };
}
