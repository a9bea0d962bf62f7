import type { AskHotline } from '../../../../src/client/console/hotline/ask.ts';
import type { HotlineCalls } from '../../../../src/client/console/worker/hotline-calls.ts';
import type { TipId, UnitId } from '../../../../src/domain/ids.ts';
import type { ReadMailbox } from '../../../../src/protocol/mailbox-reading.ts';

export const CODE = '1234567890123456789012345678';
export const TIP = 'ab'.repeat(16) as TipId;

/** What the Worker was asked, and a hand to make the next question fail. */
export interface FakeWorker {
  readonly ask: AskHotline;
  readonly asked: { readonly name: keyof HotlineCalls; readonly input: never }[];
  /** The next question of this name is refused with this error. */
  failNext(name: keyof HotlineCalls, error: Error): void;
  sealed(): HotlineCalls['sealCall']['in'][];
}

export const BOX = {
  t0: 495_000,
  stage: 'verifying',
  overlay: 'none',
  outcome: null,
  unit: '14-ca',
  unitNameVi: 'Công an tỉnh Sơn La',
  unitNameEn: 'Police of Son La',
  messages: [],
  steps: [],
  consistent: true,
} as unknown as ReadMailbox;

/** The Worker's side as the operator's page sees it; the true one is tried in a real browser. */
export function fakeWorker(): FakeWorker {
  const asked: { name: keyof HotlineCalls; input: never }[] = [];
  const failing = new Map<keyof HotlineCalls, Error>();
  const answers: { [Name in keyof HotlineCalls]?: HotlineCalls[Name]['out'] } = {
    sealCall: {
      tip: TIP,
      code: CODE,
      unit: '14-03646-ca' as UnitId,
      nameVi: 'Công an phường Tô Hiệu',
      nameEn: 'Police of To Hieu ward',
      logged: true,
    },
    callerOpen: BOX,
    openRecording: { type: 'audio/ogg', seconds: 80, line: '0212', parts: 1 },
  };
  return {
    asked,
    ask: async (name, input) => {
      asked.push({ name, input: input as never });
      const error = failing.get(name);
      failing.delete(name);
      if (error !== undefined) throw error;
      return (answers[name] ?? null) as never;
    },
    failNext: (name, error) => {
      failing.set(name, error);
    },
    sealed: () => asked.filter(({ name }) => name === 'sealCall').map(({ input }) => input),
  };
}
