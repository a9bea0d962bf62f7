import type { ConductTable } from '../../../domain/conduct.ts';
import type { Informant } from '../../../domain/conversation.ts';
import type { TipId, UnitId } from '../../../domain/ids.ts';
import type { Involved } from '../../../domain/routing.ts';
import type { IdentityMode, IntakeChannel } from '../../../domain/terms.ts';
import { type AccusedAnswer, SUPPORT_CONDUCT, type TipAnswers } from '../../../domain/tip-form.ts';
import type { ReadMailbox } from '../../../protocol/mailbox-reading.ts';
import type { CallFile } from './call-files.ts';

/** An answer to a question of the script; empty while it was not asked. */
export type Said = 'yes' | 'no' | 'unknown' | '';

/** A place in a list as it was chosen: what stands for it in the tip, and how it is read out. */
export interface Picked<Code> {
  readonly code: Code;
  readonly name: string;
}

/** Everything that an operator has written down of one call. It lives in the page's memory and nowhere else. */
export interface CallDraft {
  readonly channel: IntakeChannel;
  /** Which opening of a tip box the letter is from; empty for everything else. */
  readonly opening: string;
  /** Number and date of the sender's document, for another agency. */
  readonly document: string;
  readonly informant: Informant;
  readonly happeningNow: Said;
  readonly danger: Said;
  readonly minor: Said;
  readonly province: Picked<string>;
  /** Null code: the whole province, because the caller does not know the commune. */
  readonly commune: Picked<string | null> | null;
  readonly conduct: Picked<string> | null;
  readonly official: Said;
  readonly involved: Involved;
  readonly accused: Picked<AccusedAnswer>;
  readonly excluded: readonly Picked<UnitId>[];
  readonly what: string;
  readonly when: string;
  readonly where: string;
  readonly who: string;
  readonly how: string;
  readonly files: readonly CallFile[];
  /** True for a message that somebody left: nobody is there to hear a code. */
  readonly voicemail: boolean;
  /** Why the voice is kept as evidence, when a recording is being written down; else empty. */
  readonly voiceKept: string;
  /** True while a program's draft stands in the text and nobody has compared it with the recording. */
  readonly draftUnverified: boolean;
}

/** A call that is being written down, read back, sealed, or whose code is being read out. */
export type WritingState =
  | { readonly name: 'writing' }
  | { readonly name: 'review' }
  | { readonly name: 'sealing' }
  | {
      readonly name: 'code';
      readonly tip: TipId;
      /** 28 digits; empty once the console was locked: then nobody can read it out any more. */
      readonly code: string;
      readonly unit: UnitId;
      readonly nameVi: string;
      readonly nameEn: string;
      /** False where the key could not be compared with the public log yet. */
      readonly logged: boolean;
      /** Milliseconds at which it appeared. */
      readonly since: number;
    };

/** A caller who came back with a code. */
export type VisitState =
  | { readonly name: 'asking' }
  | { readonly name: 'opening' }
  | { readonly name: 'open'; readonly box: ReadMailbox; readonly sent: number }
  | { readonly name: 'checking'; readonly box: ReadMailbox; readonly sent: number }
  | { readonly name: 'sending'; readonly box: ReadMailbox; readonly sent: number };

interface CallBase {
  readonly id: number;
  /** Milliseconds of the page's clock. */
  readonly began: number;
}

export type Call = CallBase &
  (
    | { readonly kind: 'new'; readonly draft: CallDraft; readonly state: WritingState }
    | { readonly kind: 'again'; readonly code: string; readonly answer: string; readonly state: VisitState }
  );
export type NewCall = Extract<Call, { readonly kind: 'new' }>;
export type CallAgain = Extract<Call, { readonly kind: 'again' }>;

const NOBODY: Informant = { mode: 'anonymous', reason: '', name: '', born: '', address: '', contact: '' };

/** An empty sheet for somebody who calls. */
export const emptyDraft = (province: Picked<string>): CallDraft => ({
  channel: 'hotline',
  opening: '',
  document: '',
  informant: NOBODY,
  happeningNow: '',
  danger: '',
  minor: '',
  province,
  commune: null,
  conduct: null,
  official: '',
  involved: 'none',
  accused: { code: 'own', name: '' },
  excluded: [],
  what: '',
  when: '',
  where: '',
  who: '',
  how: '',
  files: [],
  voicemail: false,
  voiceKept: '',
  draftUnverified: false,
});

/** True when something would be lost with the sheet. */
export const hasWords = (draft: CallDraft): boolean =>
  draft.files.length > 0 ||
  [draft.what, draft.when, draft.where, draft.who, draft.how].some((text) => text.trim() !== '');

/** True for what only a support unit answers: such a call is never routed to police. */
export const asksForHelp = (draft: CallDraft): boolean => draft.conduct?.code === SUPPORT_CONDUCT;

/** True when somebody must be sent at once: the page shows 113 and 111, the tip rings. */
export const isPressing = (draft: CallDraft): boolean =>
  [draft.happeningNow, draft.danger, draft.minor].includes('yes');

/** The answers as the citizen's own form would have them, so that one set of rules checks and routes both. */
export const answersOf = (draft: CallDraft, lang: 'vi' | 'en'): TipAnswers => ({
  lang,
  support: asksForHelp(draft),
  province: draft.province.code,
  commune: draft.commune === null ? '' : draft.commune.code,
  placeName:
    draft.commune === null || draft.commune.code === null
      ? draft.province.name
      : `${draft.commune.name}, ${draft.province.name}`,
  conduct: draft.conduct?.code ?? '',
  happeningNow: draft.happeningNow === 'yes',
  danger: draft.danger === 'yes',
  minor: draft.minor === 'yes',
  official: draft.official === 'unknown' ? 'unsure' : draft.official,
  involved: draft.involved,
  accused: draft.accused.code,
  excluded: draft.excluded.map(({ code }) => code),
  what: draft.what,
  when: draft.when,
  where: draft.where,
  who: draft.who,
  how: draft.how,
});

/** The informant as it goes into the envelope, or null for somebody who stays nameless. */
export const informantOf = ({ informant }: CallDraft): Informant | null => {
  if (informant.mode === 'anonymous') return null;
  if (informant.mode === 'refused') return { ...NOBODY, mode: 'refused', reason: informant.reason.trim() };
  return { ...informant, reason: '' };
};

/** What a mode asks for. */
export const asksFor = (mode: IdentityMode): 'nothing' | 'reason' | 'particulars' =>
  mode === 'anonymous' ? 'nothing' : mode === 'refused' ? 'reason' : 'particulars';

/** Conduct that an operator may choose: everything on the citizen's form, and "help is needed", which has a page of its own there. */
export const conductsFor = (conducts: ConductTable['conducts']): ConductTable['conducts'] =>
  conducts.filter((conduct) => conduct.onForm || conduct.id === SUPPORT_CONDUCT);
