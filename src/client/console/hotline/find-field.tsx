/** @jsxImportSource hono/jsx/dom */
import { useLayoutEffect, useRef } from 'hono/jsx/dom';
import { useState } from '../hooks.ts';
import { type FindState, pressInFind, typedIn } from './find.ts';
import type { HotlineTexts } from './texts.ts';

interface FindFieldProps<Hit> {
  readonly spot: string;
  readonly label: string;
  readonly hint: string;
  readonly texts: HotlineTexts;
  /** Name of what is chosen; empty while nothing is. */
  readonly chosen: string;
  readonly search: (typed: string) => readonly Hit[];
  readonly all: () => readonly Hit[];
  readonly show: (hit: Hit) => { readonly name: string; readonly note: string };
  readonly onTake: (hit: Hit) => void;
  /** Enter in the empty field; absent where that means nothing. */
  readonly onLeave?: () => void;
  /** Something is typed: what was chosen no longer counts. */
  readonly onTyped: () => void;
  /** Called when the operator goes on by Enter. */
  readonly onNext: () => void;
}

const EMPTY = { typed: '', hits: [], at: 0 } as const;

/** A field that finds a line of a long list by a few letters; Enter takes the marked one, Tab too. */
export const FindField = <Hit,>(props: FindFieldProps<Hit>) => {
  const { spot, texts } = props;
  const field = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<FindState<Hit>>(EMPTY);
  const list = `find-${spot}-list`;
  useLayoutEffect(() => {
    if (field.current !== null && props.chosen !== '') field.current.value = props.chosen;
  }, [props.chosen]);

  const take = (hit: Hit): void => {
    setState(EMPTY);
    if (field.current !== null) field.current.value = props.show(hit).name;
    props.onTake(hit);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    // Enter on what was chosen before goes on with it.
    if (event.key === 'Enter' && props.chosen !== '' && state.hits.length === 0) {
      event.preventDefault();
      props.onNext();
      return;
    }
    const step = pressInFind(state, event.key, { all: props.all, mayLeave: props.onLeave !== undefined });
    if (step.kind === 'none') return;
    event.preventDefault();
    if (step.kind === 'state') setState(step.state);
    else {
      if (step.kind === 'take') take(step.hit);
      else props.onLeave?.();
      props.onNext();
    }
  };
  const typed = (event: Event): void => {
    if (props.chosen !== '') props.onTyped();
    setState(typedIn((event.target as HTMLInputElement).value, props.search));
  };
  const left = (): void => {
    const marked = state.hits[state.at];
    if (marked !== undefined && state.typed.trim() !== '') take(marked);
    else setState(EMPTY);
  };
  const open = state.hits.length > 0;
  return (
    <div class="field find">
      <label for={`find-${spot}`}>{props.label}</label>
      <input
        id={`find-${spot}`}
        data-spot={spot}
        class="input"
        ref={field}
        role="combobox"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-expanded={open ? 'true' : 'false'}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${list}-${state.at}` : undefined}
        aria-describedby={`find-${spot}-hint`}
        onInput={typed}
        onKeyDown={pressed}
        onBlur={left}
      />
      <div class="find-list" role="listbox" id={list} aria-label={props.label} hidden={!open}>
        {state.hits.map((hit, at) => {
          const { name, note } = props.show(hit);
          return (
            <div
              role="option"
              tabIndex={-1}
              class="find-hit"
              id={`${list}-${at}`}
              key={`${at}-${name}`}
              aria-selected={at === state.at ? 'true' : 'false'}
              onPointerDown={(event: Event) => {
                // The field keeps the focus.
                event.preventDefault();
                take(hit);
              }}
            >
              <span class="strong">{name}</span>
              {note === '' ? null : <span class="small soft"> {note}</span>}
            </div>
          );
        })}
      </div>
      <span class="field-hint" id={`find-${spot}-hint`}>
        {props.hint}
      </span>
      <span class="unseen" role="status">
        {open
          ? texts.call.results(state.hits.length)
          : state.typed.trim() !== '' && props.chosen === ''
            ? texts.call.noResults
            : ''}
      </span>
    </div>
  );
};
