import type { TableOf } from './columns.ts';
import { integer, keyOf, text } from './columns.ts';
import { ATTACHMENTS } from './tables/attachments.ts';
import { CONVERSATION } from './tables/conversation.ts';
import { COPIES } from './tables/copies.ts';
import { DIRECTORY } from './tables/directory.ts';
import { DUTIES } from './tables/duties.ts';
import { FIGURES } from './tables/figures.ts';
import { HOTLINE } from './tables/hotline.ts';
import { LAW } from './tables/law.ts';
import { LEDGER } from './tables/ledger.ts';
import { PEOPLE } from './tables/people.ts';
import { TIPS } from './tables/tips.ts';

/**
 * Every table as the migrations leave it, one description from which the types of all queries follow. A test compares it with the
 * migrated database. The view `rollup_added` is the triggers' own and is no table of queries.
 */
export const TABLES = {
  schema_migration: { number: keyOf(), name: text(), checksum: text(), finished: integer() },
  ...PEOPLE,
  ...TIPS,
  ...FIGURES,
  ...DIRECTORY,
  ...ATTACHMENTS,
  ...CONVERSATION,
  ...COPIES,
  ...HOTLINE,
  ...LEDGER,
  ...DUTIES,
  ...LAW,
};

/** Types of all tables, for Kysely. */
export type Schema = { [Name in keyof typeof TABLES]: TableOf<(typeof TABLES)[Name]> };
