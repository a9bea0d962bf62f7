import { groupOf } from '../../../domain/conduct.ts';
import { isUrgent } from '../../../domain/priority.ts';
import { routeFor } from '../../../domain/routing.ts';
import { type AnswerProblem, answerProblems, contentOf, routeRequest } from '../../../domain/tip-form.ts';
import { Problem } from '../http.ts';
import { asProblem } from '../use-load.ts';
import type { AskHotline } from './ask.ts';
import {
  answersOf,
  type Call,
  type CallAgain,
  type CallDraft,
  emptyDraft,
  informantOf,
  type NewCall,
  type Picked,
  type VisitState,
  type WritingState,
} from './call.ts';
import { type CallFile, sealedFile } from './call-files.ts';
import { type DeskView, MAX_CALLS, NOTHING } from './desk-view.ts';
import { CODE_RESTS } from './keys.ts';
import type { HotlineReference } from './reference.ts';
import { marksIn } from './stamps.ts';

/**
 * The operator's calls, in the page's memory only: nothing of them is written anywhere, and they outlive the lock but not the session. What
 * is sealed leaves at once; a code stays until it was read back, and not over a lock.
 */
export class CallDesk {
  readonly #ask: AskHotline;
  readonly #letterEntered: (opening: string) => Promise<unknown>;
  readonly #clock: () => number;
  readonly #listeners = new Set<() => void>();
  #view = NOTHING;
  #next = 1;

  /**
   * @param clock in milliseconds; only differences of it are used.
   * @param letterEntered tells the service that one more letter of an opening of a tip box became a tip, and not which.
   */
  constructor(ask: AskHotline, clock: () => number, letterEntered: (opening: string) => Promise<unknown>) {
    this.#ask = ask;
    this.#clock = clock;
    this.#letterEntered = letterEntered;
  }

  view(): DeskView {
    return this.#view;
  }

  /** Tells of every change until the returned function is called. */
  listen(changed: () => void): () => void {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  }

  active(): Call | null {
    return this.#view.calls.find(({ id }) => id === this.#view.active) ?? null;
  }

  /** A new call, or a sheet for a message that somebody left. False when as many are open as there may be. */
  begin(province: Picked<string>, voicemail = false): boolean {
    return this.#open((base) => ({
      ...base,
      kind: 'new',
      draft: { ...emptyDraft(province), voicemail },
      state: { name: 'writing' },
    }));
  }

  /** Somebody who has a code calls again. The Worker holds one mailbox at a time, so a second one waits. */
  beginAgain(): boolean {
    if (this.#view.calls.some(({ kind }) => kind === 'again')) return false;
    return this.#open((base) => ({
      ...base,
      kind: 'again',
      code: '',
      answer: '',
      state: { name: 'asking' },
    }));
  }

  #open(make: (base: { readonly id: number; readonly began: number }) => Call): boolean {
    if (this.#view.calls.length >= MAX_CALLS) return false;
    const call = make({ id: this.#next++, began: this.#clock() });
    this.#set({ calls: [...this.#view.calls, call], active: call.id, ended: null, notCounted: false });
    return true;
  }

  /** Puts a call on the screen. */
  takeUp(id: number): void {
    if (this.#view.calls.some((call) => call.id === id)) this.#set({ active: id });
  }

  /** Puts the call aside and takes up the next one; with one call alone, puts it aside and takes it up again. */
  switch(): void {
    const { calls, active } = this.#view;
    const at = calls.findIndex(({ id }) => id === active);
    const next = calls[(at + 1) % Math.max(1, calls.length)];
    this.#set({ active: next === undefined || next.id === active ? null : next.id });
  }

  /** Notes an answer or a text. */
  write(id: number, change: Partial<CallDraft>): void {
    this.#change(id, (call) =>
      call.kind === 'new' ? { ...call, draft: { ...call.draft, ...change } } : call,
    );
  }

  /** Changes the files of a call, as they are then. */
  changeFiles(id: number, change: (files: readonly CallFile[]) => readonly CallFile[]): void {
    this.#change(id, (call) =>
      call.kind === 'new' ? { ...call, draft: { ...call.draft, files: change(call.draft.files) } } : call,
    );
  }

  /** Asks to send: back to the first gap, or on to reading it back to the caller. */
  review(id: number): AnswerProblem | null {
    const call = this.#writing(id);
    if (call === null || call.state.name !== 'writing') return null;
    const problems = answerProblems(answersOf(call.draft, 'vi'));
    const unread = call.draft.files.some(({ state }) => state !== 'ready');
    const problem = unread ? { call: id, problem: new Problem('files_unread') } : null;
    this.#set({ problems, problem });
    if (problems.length === 0 && !unread) this.#state(id, { name: 'review' });
    return problems[0] ?? null;
  }

  /** From reading back to writing. */
  backToWriting(id: number): void {
    if (this.#writing(id)?.state.name === 'review') this.#state(id, { name: 'writing' });
  }

  /** Seals what was read back, and tells whether it was sealed. Whatever goes wrong, every word is still there. */
  async seal(id: number, reference: HotlineReference, lang: 'vi' | 'en'): Promise<boolean> {
    const call = this.#writing(id);
    if (call?.state.name !== 'review') return false;
    const answers = answersOf(call.draft, lang);
    const request = routeRequest(answers, reference.routes);
    const route = routeFor(request, reference.routes);
    if (route === null) return false;
    this.#state(id, { name: 'sealing' });
    return this.#try(id, { name: 'review' }, async () => {
      const { draft } = call;
      const sealed = await this.#ask('sealCall', {
        content: contentOf(answers, reference.routes),
        extras: {
          taken: {
            channel: draft.channel,
            document: draft.document.normalize('NFC').trim(),
            marks: marksIn(draft.what),
            voiceKept: draft.voiceKept.normalize('NFC').trim(),
            draftUnverified: draft.draftUnverified,
          },
          informant: informantOf(draft),
        },
        files: draft.files.map(sealedFile),
        target: route.unit,
        excluded: request.excluded,
        urgent: isUrgent(answers),
        conductGroup: groupOf(reference.conduct, answers.support ? 'support_needed' : answers.conduct),
      });
      this.#change(id, (now) =>
        now.kind !== 'new'
          ? now
          : {
              ...now,
              // Nothing of the tip stays behind.
              draft: emptyDraft(draft.province),
              state: { name: 'code', ...sealed, since: this.#clock() },
            },
      );
      const { opening, channel } = call.draft;
      if (opening === '' || channel !== 'tip_box') return;
      const counted = await this.#letterEntered(opening).then(
        () => true,
        () => false,
      );
      if (!counted) this.#set({ notCounted: true });
    });
  }

  /** The caller has read the code back: it leaves the page and the Worker. False while the code has only just appeared. */
  async readBack(id: number): Promise<boolean> {
    const call = this.#writing(id);
    if (call?.state.name !== 'code' || call.state.code === '') return false;
    if (this.#clock() - call.state.since < CODE_RESTS) return false;
    this.#remove(id, 'sealed');
    await this.#ask('forgetCode', {}).catch(() => null);
    return true;
  }

  /** The caller has gone without the code: the tip is marked so, and the code forgotten. */
  async hungUp(id: number): Promise<void> {
    const call = this.#writing(id);
    if (call?.state.name !== 'code') return;
    const { state } = call;
    await this.#try(id, state, async () => {
      await this.#ask('codeNotGiven', { tip: state.tip });
      await this.#ask('forgetCode', {}).catch(() => null);
      this.#remove(id, 'no_code');
    });
  }

  /** Throws a sheet away. A tip that was sealed is not thrown away: its code is read out or marked as not given. */
  drop(id: number): void {
    const name = this.#writing(id)?.state.name;
    if (name === 'writing' || name === 'review') this.#remove(id, null);
  }

  /** Notes the caller's code or answer. */
  writeAgain(id: number, change: Partial<Pick<CallAgain, 'code' | 'answer'>>): void {
    this.#change(id, (call) => (call.kind === 'again' ? { ...call, ...change } : call));
  }

  /** Opens the caller's mailbox with the caller's code, which then leaves the page. */
  async openMailbox(id: number): Promise<void> {
    const call = this.#again(id);
    if (call?.state.name !== 'asking') return;
    this.#visit(id, { name: 'opening' });
    await this.#tryVisit(id, { name: 'asking' }, async () => {
      const box = await this.#ask('callerOpen', { code: call.code.replace(/\D/g, '') });
      this.writeAgain(id, { code: '' });
      this.#visit(id, { name: 'open', box, sent: 0 });
    });
  }

  /** Asks to send the caller's answer: it is read back first. */
  checkAnswer(id: number): void {
    const call = this.#again(id);
    if (call?.state.name !== 'open' || call.answer.trim() === '') return;
    this.#visit(id, { ...call.state, name: 'checking' });
  }

  backToAnswer(id: number): void {
    const call = this.#again(id);
    if (call?.state.name === 'checking') this.#visit(id, { ...call.state, name: 'open' });
  }

  /** Seals and sends the caller's answer. */
  async sendAnswer(id: number): Promise<void> {
    const call = this.#again(id);
    if (call?.state.name !== 'checking') return;
    const { box, sent } = call.state;
    this.#visit(id, { name: 'sending', box, sent });
    await this.#tryVisit(id, { name: 'checking', box, sent }, async () => {
      await this.#ask('callerAnswer', { text: call.answer.normalize('NFC').trim() });
      this.writeAgain(id, { answer: '' });
      this.#visit(id, { name: 'open', box, sent: sent + 1 });
    });
  }

  /** The call is over: code, keys and messages leave page and Worker. */
  async endVisit(id: number): Promise<void> {
    const call = this.#again(id);
    if (call === null || call.state.name === 'sending') return;
    this.#remove(id, 'visit');
    if (call.state.name !== 'asking') await this.#ask('callerEnd', {}).catch(() => null);
  }

  /** The console locks, and the Worker with all its keys is gone: what was typed stays, codes and mailboxes go. */
  lock(): void {
    const calls = this.#view.calls.flatMap((call): Call[] => {
      if (call.kind === 'again') return [];
      if (call.state.name === 'code') return [{ ...call, state: { ...call.state, code: '' } }];
      return [call.state.name === 'sealing' ? { ...call, state: { name: 'review' } } : call];
    });
    const active = calls.some(({ id }) => id === this.#view.active) ? this.#view.active : null;
    this.#set({ calls, active, problem: null });
  }

  /** Forgets everything. */
  wipe(): void {
    this.#set(NOTHING);
  }

  #writing(id: number): NewCall | null {
    const call = this.#view.calls.find((one) => one.id === id);
    return call?.kind === 'new' ? call : null;
  }

  #again(id: number): CallAgain | null {
    const call = this.#view.calls.find((one) => one.id === id);
    return call?.kind === 'again' ? call : null;
  }

  #state(id: number, state: WritingState): void {
    this.#change(id, (call) => (call.kind === 'new' ? { ...call, state } : call));
  }

  #visit(id: number, state: VisitState): void {
    this.#change(id, (call) => (call.kind === 'again' ? { ...call, state } : call));
  }

  #try(id: number, otherwise: WritingState, work: () => Promise<void>): Promise<boolean> {
    return this.#doing(id, work, () => this.#state(id, otherwise));
  }

  #tryVisit(id: number, otherwise: VisitState, work: () => Promise<void>): Promise<boolean> {
    return this.#doing(id, work, () => this.#visit(id, otherwise));
  }

  async #doing(id: number, work: () => Promise<void>, otherwise: () => void): Promise<boolean> {
    this.#set({ problem: null });
    try {
      await work();
      return true;
    } catch (error) {
      otherwise();
      this.#set({ problem: { call: id, problem: asProblem(error) } });
      return false;
    }
  }

  #remove(id: number, ended: DeskView['ended']): void {
    const calls = this.#view.calls.filter((call) => call.id !== id);
    this.#set({
      calls,
      ended,
      active: this.#view.active === id ? null : this.#view.active,
      problems: [],
      problem: null,
    });
  }

  #change(id: number, change: (call: Call) => Call): void {
    this.#set({ calls: this.#view.calls.map((call) => (call.id === id ? change(call) : call)) });
  }

  #set(change: Partial<DeskView>): void {
    this.#view = { ...this.#view, ...change };
    for (const changed of this.#listeners) changed();
  }
}
