import { type Hour, hourOf, type TipId, type UnitId } from '../../src/domain/ids.ts';
import { CONDUCT_GROUPS } from '../../src/domain/terms.ts';
import type { TipContent } from '../../src/domain/tip-content.ts';
import { decodeBundle } from '../../src/protocol/bundle.ts';
import { utf8 } from '../../src/protocol/bytes.ts';
import { answerPow } from '../../src/protocol/pow.ts';
import { finishSubmission, sealTip } from '../../src/protocol/prepare.ts';
import { mailboxFromMaster } from '../../src/protocol/receipt-code.ts';
import { targetForUnit } from '../../src/protocol/target.ts';
import { verifyDirectory } from '../../src/protocol/verify-directory.ts';
import type { ChallengeAnswer } from '../../src/protocol/wire.ts';
import type { BenchInstance } from './bench-instance.ts';
import type { SealedRow } from './seed-rows.ts';

const content = (turn: number): TipContent => ({
  v: 1,
  lang: 'vi',
  place: { province: '14', commune: '03646', name: 'Phường Tô Hiệu, Sơn La' },
  conduct: 'harbouring',
  urgent: { happeningNow: false, danger: false, minor: false },
  official: { involved: 'no', unit: null, role: null },
  excluded: [],
  what: `Tôi thấy việc này nhiều lần ở nhà nghỉ số ${turn + 1}. ${'Xe ra vào suốt đêm, có người đứng canh ở đầu ngõ. '.repeat(12)}`,
  when: 'Tối thứ bảy hằng tuần',
  where: 'Cuối ngõ, sau chợ',
  who: 'Không biết tên',
  how: 'Tôi ở gần đó',
});

/** A tip that went the whole way: directory verified, sealed, challenge solved, posted, accepted. */
export interface RealTip extends SealedRow {
  readonly tip: TipId;
}

/** Sends tips to a unit through the service as browsers do; the stretching of the code alone is left out. */
export async function submitReal(
  { app, suite, pins, deps, store }: BenchInstance,
  unit: UnitId,
  count: number,
): Promise<readonly RealTip[]> {
  const response = await app.request(`/api/directory?unit=${unit}`);
  const bundle = decodeBundle(new Uint8Array(await response.arrayBuffer()));
  const now = deps.clock.now();
  const target = targetForUnit(suite, verifyDirectory(suite, pins, bundle, now), unit, now);
  const read = store.connection.prepare<[Uint8Array], SealedRow>(
    `SELECT e.core, e.seal, e.body, w.wraps, a.answer, m.mailbox_key AS mailboxKey FROM tip t
       JOIN envelope e ON e.tip = t.seq JOIN envelope_wraps w ON w.envelope = e.seq
       JOIN acceptance a ON a.tip = t.seq JOIN mailbox m ON m.tip = t.seq WHERE t.id = ?`,
  );
  const post = (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) =>
    app.request(path, {
      method: 'POST',
      headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' },
      body,
    });
  const tips: RealTip[] = [];
  for (let turn = 0; turn < count; turn++) {
    const keys = mailboxFromMaster(suite, suite.randomBytes(32));
    const sealed = sealTip(suite, {
      instance: deps.instance.id,
      target,
      content: utf8(JSON.stringify(content(turn))),
      keys,
      urgent: false,
      conductGroup: CONDUCT_GROUPS[0],
      channel: 'web',
      assurance: 'e2ee',
    });
    const asked = await post('/api/challenge', 'application/json', JSON.stringify({ seal: sealed.sealHash }));
    const challenge = (await asked.json()) as ChallengeAnswer;
    const solution = answerPow((data) => suite.sha256(data), challenge);
    const t0 = (challenge.t0 ?? hourOf(now)) as Hour;
    const { frame } = finishSubmission(suite, sealed, keys, { t0, solution });
    const answer = await post('/api/tips', 'application/vnd.tinkin.submission', new Uint8Array(frame));
    if (answer.status !== 201) throw new Error(`a tip was refused: ${answer.status} ${await answer.text()}`);
    const row = read.get(Buffer.from(sealed.tip, 'hex'));
    if (row === undefined) throw new Error('an accepted tip is not there');
    tips.push({ tip: sealed.tip, ...row });
  }
  return tips;
}
