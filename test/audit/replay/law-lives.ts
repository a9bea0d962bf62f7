import { addDays, dayOf } from '../../../src/domain/calendar.ts';
import type { Day, Seconds, TipId } from '../../../src/domain/ids.ts';
import type { Act } from '../../../src/domain/life-cycle-types.ts';
import { ORDINARY } from '../../fixtures/acts.ts';
import { sendTip } from '../../fixtures/citizen.ts';
import { sendCitizenStep } from '../../fixtures/conversation.ts';
import { PROCURACY } from '../../fixtures/instance.ts';
import { giveRight } from '../../fixtures/rights.ts';
import type { Desk } from './lives.ts';

const [OFFICER, HEAD, DEPUTY] = ['tohieu.canbo', 'tohieu.truong', 'tohieu.pho'];
const [ABOVE, PROSECUTOR] = ['sonla.truong', 'vks.ksv'];

const CRIME = {
  ...{
    step: 'classified',
    legalKind: 'crime_report',
    conduct: 'harbouring',
    priority: 'P2',
    competent: true,
  },
  ...ORDINARY,
} as const satisfies Act;

/** Extended twice, suspended, taken up again, not prosecuted, passed on, reopened. */
export async function lawfulLife(desk: Desk): Promise<TipId> {
  const { instance, step, decide, as } = desk;
  await giveRight(await as(ABOVE), instance.person(HEAD));
  const { tip } = await sendTip(instance);
  const today = (): Day => dayOf(instance.clock.now() as Seconds);
  const extension = (number: 1 | 2, days: number): Act => ({
    ...{ step: 'extension_proposed', number, until: addDays(today(), days), ground: 'Vụ việc phức tạp' },
    ...{ documentNumber: '2/TTr', toUnit: number === 2 ? PROCURACY : null },
  });
  const suspension: Act = {
    ...{ step: 'suspension_proposed', why: 'expert_awaited', ground: 'Chờ giám định' },
    ...{ documentNumber: '3/TTr', toUnit: PROCURACY },
  };
  await step(OFFICER, tip, { step: 'registered' });
  await step(OFFICER, tip, { step: 'receipt_noticed', toUnit: PROCURACY, impossible: null });
  await step(OFFICER, tip, CRIME);
  await step(OFFICER, tip, {
    step: 'child_measures_taken',
    documentNumber: '1/BC',
    ground: 'Đã đưa cháu về nhà',
  });
  await step(HEAD, tip, { step: 'assignment_proposed', documentNumber: '1/CV' });
  await step(OFFICER, tip, { step: 'verification_started', plan: 'Xác minh tại cơ sở' });
  await step(OFFICER, tip, extension(1, 40));
  await decide(HEAD, tip, { step: 'extension_refused', reason: 'Chưa cần' });
  await step(OFFICER, tip, extension(1, 40));
  await decide(HEAD, tip, { step: 'extended', documentNumber: '2/QĐ' });
  await step(OFFICER, tip, extension(2, 80));
  await decide(PROSECUTOR, tip, { step: 'extended', documentNumber: '8/QĐ-VKS' });
  await step(OFFICER, tip, suspension);
  await decide(HEAD, tip, { step: 'suspension_refused', reason: 'Có thể làm tiếp' });
  await step(OFFICER, tip, suspension);
  await decide(HEAD, tip, { step: 'suspended' });
  await step(OFFICER, tip, { step: 'suspension_noticed', impossible: null });
  await step(PROSECUTOR, tip, {
    step: 'suspension_annulled',
    documentNumber: '9/QĐ-VKS',
    reason: 'Không có căn cứ',
  });
  await step(DEPUTY, tip, suspension);
  await decide(HEAD, tip, { step: 'suspended' });
  await step(ABOVE, tip, { step: 'resumed', documentNumber: '10/QĐ', ground: 'Đã có kết luận' });
  await step(OFFICER, tip, {
    ...{
      step: 'resolution_proposed',
      outcome: 'not_prosecuted',
      documentNumber: '11/TB',
      ground: 'Không đủ yếu tố',
    },
    ...{ noCase: 'no_crime', violationLeft: true },
  });
  await decide(HEAD, tip, { step: 'resolved' });
  await step(OFFICER, tip, { step: 'file_passed', agency: 'UBND phường Tô Hiệu', documentNumber: '12/CV' });
  await step(OFFICER, tip, { step: 'notified', impossible: null });
  await step(ABOVE, tip, {
    ...{ step: 'reopened', why: 'decision_annulled', reason: 'Quyết định bị huỷ', documentNumber: '13/QĐ' },
  });
  return tip;
}

/** Taken back by its sender, and sanctioned all the same; looked at again twice. */
export async function checkedAgain({ instance, step, decide }: Desk): Promise<TipId> {
  const sent = await sendTip(instance);
  const { tip } = sent;
  await sendCitizenStep(instance, sent, { act: { step: 'withdrawal_signed' } });
  const day = addDays(dayOf(instance.clock.now() as Seconds), 30);
  const [focal, deputy] = [instance.person(OFFICER).id, instance.person(DEPUTY).id];
  const set: Act = { step: 'post_check_set', day, kind: 'sanction', focal, deputy };
  await step(OFFICER, tip, { step: 'registered' });
  await step(OFFICER, tip, { ...CRIME, legalKind: 'admin_violation' });
  await step(OFFICER, tip, { step: 'verification_started', plan: 'Kiểm tra hành chính' });
  await step(OFFICER, tip, {
    ...{
      step: 'resolution_proposed',
      outcome: 'sanctioned',
      documentNumber: '20/QĐ-XPHC',
      ground: 'Có vi phạm',
    },
  });
  await decide(HEAD, tip, { step: 'resolved' });
  await step(HEAD, tip, set);
  await step(OFFICER, tip, { step: 'post_check_done', result: 'again', reason: 'Vẫn hoạt động' });
  await step(HEAD, tip, { ...set, kind: 'hotspot' });
  return tip;
}
