/** @jsxImportSource hono/jsx/dom */
import { useRef } from 'hono/jsx/dom';
import type { ViewKind } from '../../../domain/attachments.ts';
import { MOST_PAGES, readFromFrame, type ToFrame } from '../../viewer/messages.ts';
import { useBase } from '../context.ts';
import { useState, useWhileShown } from '../hooks.ts';
import type { Problem } from '../http.ts';
import { Notice, ProblemNotice, Progress } from '../ui/parts.tsx';
import { asProblem } from '../use-load.ts';
import { eachPart, type PartedFile } from './load-parts.ts';

/** Speeds that one press each leads through. */
const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;
const BACK_SECONDS = 5;
/** Height of the frame in CSS pixels: what is shown, within these. */
const [LOWEST, HIGHEST] = [64, 720];

type State =
  | { readonly kind: 'loading'; readonly done: number }
  | { readonly kind: 'drawing' }
  | { readonly kind: 'shown'; readonly pages: number }
  | { readonly kind: 'failed' }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** What a key does to sound and video; null for every other key. */
const mediaKey = (key: string, speed: number): ToFrame | null => {
  const at = (SPEEDS as readonly number[]).indexOf(speed);
  if (key === 'F7') return { kind: 'speed', rate: SPEEDS[Math.max(0, at - 1)] ?? 1 };
  if (key === 'F9') return { kind: 'speed', rate: SPEEDS[Math.min(SPEEDS.length - 1, at + 1)] ?? 1 };
  return null;
};

/**
 * Shows a file in a frame of an origin of its own, which has no network and runs nothing of what it shows. Keys: Esc closes; for sound and video
 * Space plays and pauses, ← goes five seconds back, F7 is slower and F9 faster, also while the cursor is in a text of the page.
 */
export const ViewerFrame = (props: {
  readonly file: PartedFile;
  readonly view: ViewKind;
  readonly onClose: () => void;
}) => {
  const { lang, texts } = useBase();
  const { viewer } = texts;
  const { file, view } = props;
  const place = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement | null>(null);
  const [state, setState] = useState<State>({ kind: 'loading', done: 0 });
  const speed = useRef<number>(1);
  const [rate, setRate] = useState(1);
  const media = view === 'audio' || view === 'video';
  const tell = (message: ToFrame, transfer: readonly Transferable[] = []): void =>
    frame.current?.contentWindow?.postMessage(message, { targetOrigin: '*', transfer: [...transfer] });
  const press = (key: string): boolean => {
    const wish = media ? mediaKey(key, speed.current) : null;
    if (wish === null) return false;
    if (wish.kind === 'speed') {
      speed.current = wish.rate;
      setRate(wish.rate);
    }
    tell(wish);
    return true;
  };
  useWhileShown(() => {
    let ended = false;
    // Made by hand and never touched by the renderer: a frame that is moved in the page loads anew.
    const made = frameFor(viewer.frame(file.name), `/console/view?lang=${lang}`);
    frame.current = made;
    place.current?.append(made);
    const load = async (): Promise<void> => {
      tell({ kind: 'show', view, type: file.type, name: file.name });
      const whole = await eachPart(
        file,
        ({ buffer }) => tell({ kind: 'bytes', bytes: buffer }, [buffer]),
        (done) => setState({ kind: 'loading', done }),
        () => ended,
      );
      if (!whole) return;
      setState({ kind: 'drawing' });
      tell({ kind: 'end' });
    };
    const hear = (event: MessageEvent): void => {
      if (event.source === null || event.source !== frame.current?.contentWindow) return;
      const said = readFromFrame(event.data);
      if (said?.kind === 'ready')
        load().catch((error: unknown) => setState({ kind: 'refused', problem: asProblem(error) }));
      if (said?.kind === 'failed') setState({ kind: 'failed' });
      if (said?.kind === 'shown') {
        made.height = String(view === 'pdf' ? HIGHEST : Math.min(HIGHEST, Math.max(LOWEST, said.height)));
        setState({ kind: 'shown', pages: said.pages });
      }
      if (said?.kind === 'key') {
        // Who listens or reads in there is at work, too.
        dispatchEvent(new Event('pointerdown'));
        if (said.key === 'Escape') props.onClose();
        else press(said.key);
      }
    };
    const pressed = (event: KeyboardEvent): void => {
      if (press(event.key)) event.preventDefault();
    };
    addEventListener('message', hear);
    addEventListener('keydown', pressed);
    return () => {
      ended = true;
      made.remove();
      removeEventListener('message', hear);
      removeEventListener('keydown', pressed);
    };
  });
  const hidden = state.kind === 'failed' || state.kind === 'refused';
  return (
    <div class="viewer">
      <div class={hidden ? 'viewer-place viewer-off' : 'viewer-place'} ref={place} />
      <div class="viewer-said">
        <Said state={state} view={view} parts={file.parts} />
      </div>
      {media ? (
        <div class="viewer-keys">
          <span class="buttons">
            <button type="button" class="button" onClick={() => tell({ kind: 'toggle' })}>
              {viewer.play}
            </button>
            <button
              type="button"
              class="button"
              onClick={() => tell({ kind: 'back', seconds: BACK_SECONDS })}
            >
              {viewer.back(BACK_SECONDS)}
            </button>
            <button type="button" class="button" onClick={() => press('F7')}>
              {viewer.slower}
            </button>
            <button type="button" class="button" onClick={() => press('F9')}>
              {viewer.faster}
            </button>
          </span>
          <span class="small soft" role="status">
            {viewer.speed(rate)}
          </span>
        </div>
      ) : null}
      <p class="small soft no-print">{media ? viewer.keysMedia : viewer.keys}</p>
    </div>
  );
};

function frameFor(title: string, address: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.className = 'viewer-frame';
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = title;
  frame.height = String(LOWEST);
  frame.src = address;
  return frame;
}

/** How far the frame is, in one line or a notice. */
const Said = (props: { readonly state: State; readonly view: ViewKind; readonly parts: number }) => {
  const { viewer } = useBase().texts;
  const { state } = props;
  const line = (text: string) => (
    <p class="small soft" role="status">
      {text}
    </p>
  );
  switch (state.kind) {
    case 'loading':
      return <Progress label={viewer.loading} done={state.done} total={props.parts} />;
    case 'drawing':
      return line(viewer.drawing);
    case 'failed':
      return (
        <Notice kind="problem">
          <p>{viewer.failed}</p>
        </Notice>
      );
    case 'refused':
      return <ProblemNotice problem={state.problem} />;
    case 'shown':
      if (props.view !== 'pdf') return null;
      return line(
        state.pages > MOST_PAGES ? viewer.firstPages(MOST_PAGES, state.pages) : viewer.pages(state.pages),
      );
  }
};
