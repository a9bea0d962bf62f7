import { Hono } from 'hono';
import type { AppEnv } from '../../http/kit/app-env.ts';
import { langOf } from '../../http/kit/lang.ts';
import { renderPage } from '../../http/kit/layout.tsx';
import { formatVkey } from '../../ledger/note.ts';
import { renewedAt } from '../../ledger/origin.ts';
import type { Deps } from '../../ports/deps.ts';
import { toHex } from '../../protocol/bytes.ts';
import { logKey } from './log-key.ts';
import { LedgerPage, ledgerTexts, type ShownLog } from './views/ledger-page.tsx';

/** The page `/ledger`, for people; what programs read lies below that address. The app mounts it once for Vietnamese and once under `/en`. */
export function ledgerPages(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/ledger', async (c) => {
    const lang = langOf(c);
    const frame = { title: ledgerTexts(lang).title, path: '/ledger' };
    return renderPage(c, deps, frame, <LedgerPage lang={lang} log={await shownLog(deps)} />);
  });
  return app;
}

/** The log as it is published; nothing that waits is counted. */
async function shownLog(deps: Deps): Promise<ShownLog> {
  const { ledger } = deps.store;
  const [logs, newest] = await Promise.all([ledger.logs(), ledger.published()]);
  const origin = logs.at(-1)?.origin ?? deps.instance.logOrigin;
  const signers = new Set(newest?.cosignatures.map(({ witness }) => witness));
  return {
    ...{ site: deps.instance.origin, origin, renewed: renewedAt(origin) },
    vkey: formatVkey(logKey(deps, origin)),
    cadence: deps.instance.cadence,
    demo: deps.instance.mode === 'demo',
    now: deps.clock.now(),
    newest: newest && { size: newest.size, root: toHex(newest.root), at: newest.at },
    witnesses: deps.witnesses.map(({ key }) => ({
      name: key.name,
      signed: signers.has(formatVkey(key)),
    })),
    former: logs.slice(0, -1).map((log) => log.origin),
  };
}
