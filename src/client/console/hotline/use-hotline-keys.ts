import { useEffect, useRef } from 'hono/jsx/dom';
import { useState } from '../hooks.ts';
import { holdEscape, pressOf } from '../keys.ts';
import type { Call } from './call.ts';
import type { CallDesk } from './desk.ts';
import { focusSpot } from './focus.ts';
import { type Command, commandOf, type Spot, TWICE_WITHIN, type Waiting } from './keys.ts';
import { spotOfField } from './problems.tsx';
import { stamp } from './stamps.ts';
import { insertAtCaret } from './words.tsx';

/** What the keys of the page do besides changing the desk. */
export interface Doings {
  readonly begin: () => void;
  readonly again: () => void;
  readonly seal: (id: number) => void;
}

const waitingFor = (call: Call | null): Waiting => {
  if (call === null) return 'nothing';
  if (call.state.name === 'code') return 'code';
  return call.state.name === 'review' || call.state.name === 'checking' ? 'confirm' : 'nothing';
};

/** Sends the active call one step on: to being read back, or back to its first gap. */
export const sendOn = (desk: CallDesk): void => {
  const call = desk.active();
  if (call?.kind === 'again') desk.checkAnswer(call.id);
  if (call?.kind !== 'new') return;
  const gap = desk.review(call.id);
  if (gap !== null) focusSpot(spotOfField(gap.field) as Spot);
};

const stampHere = (desk: CallDesk): void => {
  const call = desk.active();
  if (call?.kind !== 'new' || call.state.name !== 'writing') return;
  const mark = stamp(performance.now() - call.began);
  if (insertAtCaret(mark)) return;
  const { what } = call.draft;
  desk.write(call.id, { what: `${what}${what === '' || /\s$/.test(what) ? '' : '\n'}${mark} ` });
  focusSpot('what');
};

const confirm = (desk: CallDesk, doings: Doings): void => {
  const call = desk.active();
  if (call?.kind === 'again') void desk.sendAnswer(call.id);
  else if (call?.state.name === 'code') void desk.readBack(call.id);
  else if (call?.kind === 'new') doings.seal(call.id);
};

const obey = (command: Command, desk: CallDesk, doings: Doings): void => {
  if (command === 'begin') doings.begin();
  else if (command === 'again') doings.again();
  else if (command === 'switch') desk.switch();
  else if (command === 'stamp') stampHere(desk);
  else if (command === 'send') sendOn(desk);
  else if (command === 'print') print();
  else confirm(desk, doings);
};

/** Listens to the page's keys while it is open. True for two seconds after the first Escape of a call that Escape twice would end. */
export const useHotlineKeys = (desk: CallDesk, doings: Doings): boolean => {
  const [ending, setEnding] = useState(false);
  const latest = useRef(doings);
  latest.current = doings;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { writing, inDialog } = pressOf(event);
      if (event.isComposing || inDialog || event.altKey || event.metaKey) return;
      // A button that has the focus is pressed by Enter itself.
      const button =
        event.target instanceof HTMLElement && event.target.closest('button, a, summary') !== null;
      const facts = { key: event.key, shift: event.shiftKey, control: event.ctrlKey, repeat: event.repeat };
      const command = commandOf(
        { ...facts, writing: writing || (button && !event.ctrlKey) },
        waitingFor(desk.active()),
      );
      if (command === null) {
        return;
      }
      event.preventDefault();
      obey(command, desk, latest.current);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [desk]);
  useEffect(() => {
    let first = 0;
    let timer = 0;
    const letGo = holdEscape(() => {
      const call = desk.active();
      if (call === null) return;
      const { name } = call.state;
      if (name === 'review') return desk.backToWriting(call.id);
      if (name === 'checking') return desk.backToAnswer(call.id);
      if (name !== 'code' && name !== 'open' && name !== 'asking') return;
      const now = performance.now();
      const twice = first > 0 && now - first < TWICE_WITHIN;
      first = twice ? 0 : now;
      clearTimeout(timer);
      setEnding(!twice);
      timer = window.setTimeout(() => setEnding(false), TWICE_WITHIN);
      if (!twice) return;
      if (call.kind === 'again') void desk.endVisit(call.id);
      else void desk.hungUp(call.id);
    });
    return () => {
      clearTimeout(timer);
      letGo();
    };
  }, [desk]);
  return ending;
};
