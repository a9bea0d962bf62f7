import { Hono } from 'hono';
import { AppError } from '../../domain/errors.ts';
import type { Hash, UnitId } from '../../domain/ids.ts';
import { mayTakeCalls } from '../../domain/roles.ts';
import type { AppContext, AppEnv } from '../../http/kit/app-env.ts';
import { createGrants } from '../../http/kit/part-grants.ts';
import { sameOriginStrict } from '../../http/kit/same-origin.ts';
import { partHashesOf, sendPart } from '../../http/kit/sealed-parts.ts';
import { requireSession, sessionOf } from '../../http/kit/session.ts';
import { staffWho } from '../../http/kit/staff-guard.ts';
import { validJson } from '../../http/kit/validate.ts';
import type { Deps } from '../../ports/deps.ts';
import type { RecordingRow, Switchboard } from '../../ports/store/hotline-store.ts';
import { fromBase64Url, toBase64Url } from '../../protocol/base64.ts';
import { toHex } from '../../protocol/bytes.ts';
import type { RecordingTaken, WireOpenRecording, WireRecording } from '../../protocol/wire-hotline.ts';
import { declaredSound } from './audio/probe.ts';
import { endRecording, openRecording } from './hear-recording.ts';
import { endRequest, openRequest } from './schema.ts';
import { takeRecording } from './take-recording.ts';

const BASE = '/api/staff/hotline/recordings';
/** Where an operator's next event joins their own chain; they have no part in the routes of those who read tips. */
const HEAD = '/api/staff/hotline/head';
const LINE = /^[^\p{C}]{0,40}$/u;

/** Recordings: handed in by telephone systems with a token, heard and ended by operators with their own signed events. */
export function recordingRoutes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const grants = createGrants();
  const changed = (unit: UnitId): void => deps.live.publish(unit, { kind: 'recordings_changed' });

  app.post('/api/hotline/recordings', async (c) => {
    const { unit, id } = await switchboardOf(c, deps);
    const declared = declaredSound(c.req.header('content-type') ?? '');
    if (declared === null) throw new AppError('recording_format');
    const taken = await takeRecording(deps, {
      ...{ unit, from: id, declared, line: lineOf(c), length: lengthOf(c) },
      sound: c.req.raw.body ?? new ReadableStream(),
    });
    changed(unit);
    return c.json(taken satisfies RecordingTaken, 201);
  });

  for (const path of [HEAD, BASE, `${BASE}/*`])
    app.use(path, sameOriginStrict(deps), requireSession(deps), async (c, next) => {
      staffWho(c, mayTakeCalls);
      await next();
    });

  app.get(HEAD, async (c) => c.json(await deps.store.triage.head(`reader:${sessionOf(c).staff.id}`)));

  app.get(BASE, async (c) => {
    const rows = await deps.store.hotline.recordings(sessionOf(c).staff.unit);
    return c.json({ recordings: rows.map(toWire) });
  });

  app.post(`${BASE}/:id/open`, async (c) => {
    const { event } = await validJson(c, openRequest);
    const { row, staff } = sessionOf(c);
    const opened = await openRecording(deps, staff, { id: c.req.param('id'), event });
    grants.give(row.tokenHash, opened.id, opened, deps.clock.now());
    changed(staff.unit);
    const { parts, root, partHashes, meta, wrap } = opened;
    return c.json({
      ...{ ...toWire(opened), parts, root, hashes: partHashesOf(partHashes) },
      ...{ meta: toBase64Url(meta), wrap: toBase64Url(wrap) },
    } satisfies WireOpenRecording);
  });

  app.get(`${BASE}/:id/parts/:no`, async (c) => {
    const { id, no } = c.req.param();
    const grant = grants.of(sessionOf(c).row.tokenHash, id, deps.clock.now());
    return sendPart(c, deps, { id, no, grant, gone: 'recording_unknown' });
  });

  app.post(`${BASE}/:id/end`, async (c) => {
    const { event, end, reason } = await validJson(c, endRequest);
    const { staff } = sessionOf(c);
    await endRecording(deps, staff, { id: c.req.param('id'), end, reason, event });
    changed(staff.unit);
    return c.json({});
  });
  return app;
}

const toWire = ({ id, hour, bytes, opened }: RecordingRow): WireRecording => ({ id, hour, bytes, opened });

/** The telephone system whose token this is. Error `switchboard_refused`: unknown, revoked or malformed. */
async function switchboardOf(c: AppContext, deps: Deps): Promise<Switchboard> {
  const [, token = ''] = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(c.req.header('authorization') ?? '') ?? [];
  const bytes = token === '' ? null : tokenBytes(token);
  // Looked up by hash: how long that takes tells nothing of the token.
  const known =
    bytes === null ? null : await deps.store.hotline.byToken(toHex(deps.crypto.sha256(bytes)) as Hash);
  if (known === null || known.revoked) throw new AppError('switchboard_refused');
  return known;
}

const tokenBytes = (token: string): Uint8Array | null => {
  try {
    return fromBase64Url(token);
  } catch {
    return null;
  }
};

/** The line that was called. Header values are bytes; whoever sends more than ASCII sends UTF-8. Error `field_invalid`. */
function lineOf(c: AppContext): string {
  const header = Uint8Array.from(c.req.header('x-line') ?? '', (character) => character.charCodeAt(0) & 255);
  const line = new TextDecoder().decode(header).normalize('NFC').trim();
  if (!LINE.test(line) || line.includes('\ufffd')) throw new AppError('field_invalid', { field: 'x-line' });
  return line;
}

/** How many bytes will come: without that nobody could tell a whole recording from a cut one. Error `bad_request`. */
function lengthOf(c: AppContext): number {
  const header = c.req.header('content-length') ?? '';
  if (!/^\d{1,15}$/.test(header)) throw new AppError('bad_request', { field: 'content-length' });
  return Number(header);
}
