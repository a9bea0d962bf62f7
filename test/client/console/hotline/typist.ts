import { asksForHelp, type Said } from '../../../../src/client/console/hotline/call.ts';
import type { CallDesk } from '../../../../src/client/console/hotline/desk.ts';
import { type FindState, pressInFind, typedIn } from '../../../../src/client/console/hotline/find.ts';
import { commandOf, type Spot, saidBy, spotAfter } from '../../../../src/client/console/hotline/keys.ts';
import { findConduct, findPlaces } from '../../../../src/client/console/hotline/reference.ts';
import { REFERENCE, SON_LA } from './tables.ts';

/** Presses keys one after another through the same rules that the page's fields go by, and counts them. */
export class Typist {
  readonly #desk: CallDesk;
  keys = 0;
  spot: Spot = 'happeningNow';
  #find: FindState<unknown> = { typed: '', hits: [], at: 0 };

  constructor(desk: CallDesk) {
    this.#desk = desk;
  }

  get #call() {
    const call = this.#desk.active();
    if (call?.kind !== 'new') throw new Error('no call on the screen');
    return call;
  }

  async press(
    key: string,
    held: { readonly control?: boolean; readonly shift?: boolean } = {},
  ): Promise<void> {
    this.keys += 1;
    const call = this.#desk.active();
    const name = call?.state.name;
    const waiting = name === 'code' ? 'code' : name === 'review' ? 'confirm' : 'nothing';
    const facts = { key, shift: held.shift === true, control: held.control === true, repeat: false };
    const command = commandOf({ ...facts, writing: name === 'writing' }, waiting);
    if (command === 'begin') {
      this.#desk.begin(SON_LA);
      this.spot = 'happeningNow';
    } else if (command === 'send') this.#desk.review(this.#call.id);
    else if (command === 'yes' && name === 'review') await this.#desk.seal(this.#call.id, REFERENCE, 'vi');
    else if (command === 'yes') await this.#desk.readBack(this.#call.id);
    else if (command === null) this.#inField(key);
  }

  /** Types letters, each a key. */
  async type(text: string): Promise<void> {
    for (const letter of text) await this.press(letter);
  }

  /** Types what the caller says; such keys are not counted. */
  words(text: string): void {
    this.#desk.write(this.#call.id, { [this.spot]: text });
  }

  #inField(key: string): void {
    const { draft } = this.#call;
    if (this.spot === 'place' || this.spot === 'conduct') this.#inFind(key);
    else if (
      this.spot === 'happeningNow' ||
      this.spot === 'danger' ||
      this.spot === 'minor' ||
      this.spot === 'official'
    ) {
      const said = saidBy(key, draft[this.spot]);
      if (said === null) return;
      this.#desk.write(this.#call.id, { [this.spot]: said });
      this.#go(this.spot === 'official' ? said : draft.official);
    }
  }

  #go(official: Said): void {
    this.spot = spotAfter(this.spot, { official, help: asksForHelp(this.#call.draft) });
    this.#find = { typed: '', hits: [], at: 0 };
  }

  #inFind(key: string): void {
    const place = this.spot === 'place';
    const search = (typed: string): readonly unknown[] =>
      place ? findPlaces(REFERENCE, '14', typed) : findConduct(REFERENCE.conduct, typed);
    if (key.length === 1) {
      this.#find = typedIn(this.#find.typed + key, search);
      return;
    }
    const step = pressInFind(this.#find, key, { all: () => [], mayLeave: place });
    if (step.kind === 'state') this.#find = step.state;
    if (step.kind === 'take') {
      const hit = step.hit as {
        readonly code: string;
        readonly id: string;
        readonly name: string;
        readonly vi: string;
      };
      this.#desk.write(
        this.#call.id,
        place ? { commune: { code: hit.code, name: hit.name } } : { conduct: { code: hit.id, name: hit.vi } },
      );
    }
    if (step.kind === 'leave') this.#desk.write(this.#call.id, { commune: { code: null, name: '' } });
    if (step.kind === 'take' || step.kind === 'leave') this.#go(this.#call.draft.official);
  }
}
