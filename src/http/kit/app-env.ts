import type { Context, Env } from 'hono';
import type { SessionRow, StaffRow } from '../../ports/store/accounts-store.ts';

/** Who is asking, on routes behind `requireSession`. */
export interface StaffSession {
  readonly row: SessionRow;
  readonly staff: StaffRow;
}

/** Variables that the kit keeps on a request's context. */
export interface AppEnv extends Env {
  Variables: {
    /** Set by the error answers, read by the request log. */
    errorCode: string;
    session: StaffSession;
  };
}

export type AppContext = Context<AppEnv>;
