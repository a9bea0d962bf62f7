import { sql } from 'kysely';
import type { AttachmentClaim } from '../../../ports/store/upload-store.ts';
import { lit, type Names, query } from '../sql/builder.ts';
import { fromHex } from './codec.ts';
import type { Db } from './connection.ts';
import { prepared } from './prepared.ts';

/** True of an upload that is no picture of a working copy. */
export const ofNoCopy = sql<boolean>`not exists (select 1 from copy_picture as c where c.upload = upload.seq)`;

export interface Claims {
  /**
   * Gives an envelope, already added, its attachments. False when one is not finished, claimed before, dropped or other than the claim
   * says: the caller takes its transaction back.
   */
  claim(tip: number, no: number, claims: readonly AttachmentClaim[]): boolean;
  /** The same for the pictures of a working copy, already added. */
  claimForCopy(tip: number, no: number, claims: readonly AttachmentClaim[]): boolean;
}

/** Turns finished uploads into attachments of an envelope, each once. */
export function createClaims(db: Db): Claims {
  const attach = prepared(
    db,
    (
      p: Names<{
        tip: number;
        no: number;
        id: Uint8Array;
        bytes: number;
        parts: number;
        root: Uint8Array;
      }>,
    ) =>
      query
        .updateTable('upload')
        .set({ state: lit('attached'), tip: p('tip'), no: p('no') })
        .where('id', '=', p('id'))
        .where('kind', '=', lit('attachment'))
        .where('state', '=', lit('complete'))
        .where('bytes', '=', p('bytes'))
        .where('parts', '=', p('parts'))
        .where('root', '=', p('root'))
        .where(ofNoCopy),
  );
  const found = prepared(db, (p: Names<{ id: Uint8Array; bytes: number; parts: number; root: Uint8Array }>) =>
    query
      .selectFrom('upload')
      .select('seq')
      .where('id', '=', p('id'))
      .where('kind', '=', lit('attachment'))
      .where('state', '=', lit('complete'))
      .where('bytes', '=', p('bytes'))
      .where('parts', '=', p('parts'))
      .where('root', '=', p('root'))
      .where(ofNoCopy),
  );
  const hang = prepared(db, (p: Names<{ upload: number; tip: number; no: number }>) =>
    query.insertInto('copy_picture').values({ upload: p('upload'), tip: p('tip'), no: p('no') }),
  );
  return {
    claim: (tip, no, claims) =>
      claims.every(
        ({ id, bytes, parts, root }) =>
          attach.run({ tip, no, id: fromHex(id), bytes, parts, root: fromHex(root) }).changes === 1,
      ),
    claimForCopy: (tip, no, claims) =>
      claims.every(({ id, bytes, parts, root }) => {
        const upload = found.get({ id: fromHex(id), bytes, parts, root: fromHex(root) })?.seq;
        return upload !== undefined && hang.run({ upload, tip, no }).changes === 1;
      }),
  };
}
