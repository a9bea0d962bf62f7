/** @jsxImportSource hono/jsx/dom */
import { useEffect, useRef } from 'hono/jsx/dom';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { type Area, areaAfter, areaBetween, MIDDLE, MOST_AREAS } from './areas.ts';
import { paint } from './paint.ts';

/** Where a pointer is on the canvas, in shares of it. */
function pointOf(canvas: HTMLCanvasElement, event: PointerEvent): { readonly x: number; readonly y: number } {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return { x: (event.clientX - left) / width, y: (event.clientY - top) / height };
}

/** Hears a mouse, a pen or a finger that draws an area: `draft` while it moves, `done` when it lifts. */
function hearPointer(
  canvas: HTMLCanvasElement,
  draft: (area: Area | null) => void,
  done: (area: Area | null) => void,
): () => void {
  let from: { readonly x: number; readonly y: number } | null = null;
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    from = pointOf(canvas, event);
    canvas.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    if (from !== null) draft(areaBetween(from, pointOf(canvas, event)));
  };
  const up = (event: PointerEvent): void => {
    if (from === null) return;
    const area = areaBetween(from, pointOf(canvas, event));
    from = null;
    done(area);
  };
  const cancel = (): void => {
    from = null;
    done(null);
  };
  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', cancel);
  return () => {
    canvas.removeEventListener('pointerdown', down);
    canvas.removeEventListener('pointermove', move);
    canvas.removeEventListener('pointerup', up);
    canvas.removeEventListener('pointercancel', cancel);
  };
}

const percent = (share: number): number => Math.round(share * 100);

/**
 * A picture on which areas are painted black: drawn with a mouse or a finger, or made by a button and moved with the arrow keys (with Shift
 * they change its size, Delete takes it away).
 */
export const AreaEditor = (props: {
  readonly bitmap: ImageBitmap;
  readonly name: string;
  readonly areas: readonly Area[];
  readonly onAreas: (areas: readonly Area[]) => void;
}) => {
  const { pictures } = useBase().texts;
  const { bitmap, name, areas, onAreas } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [chosen, setChosen] = useState(-1);
  const now = useRef({ areas, onAreas });
  now.current = { areas, onAreas };
  useEffect(() => {
    if (canvas.current !== null) paint(canvas.current, bitmap, areas, areas[chosen] ?? null);
  }, [areas, chosen]);
  const add = (area: Area): void => {
    const before = now.current.areas;
    if (before.length >= MOST_AREAS) return;
    now.current.onAreas([...before, area]);
    setChosen(before.length);
  };
  useEffect(() => {
    const drawn = canvas.current;
    if (drawn === null) return undefined;
    const draft = (area: Area | null): void =>
      paint(drawn, bitmap, area === null ? now.current.areas : [...now.current.areas, area], area);
    return hearPointer(drawn, draft, (area) => (area === null ? draft(null) : add(area)));
  }, []);
  const remove = (at: number): void => {
    onAreas(areas.filter((_, other) => other !== at));
    setChosen(-1);
    requestAnimationFrame(() => document.getElementById('area-add')?.focus());
  };
  const pressed = (event: KeyboardEvent, at: number, area: Area): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      remove(at);
      return;
    }
    const after = areaAfter(area, event.key, event.shiftKey);
    if (after === null) return;
    event.preventDefault();
    onAreas(areas.map((one, other) => (other === at ? after : one)));
  };
  return (
    <div class="area-editor">
      <p class="field-hint" id="area-how">
        {pictures.how}
      </p>
      <canvas
        ref={canvas}
        class="area-canvas"
        role="img"
        aria-label={pictures.drawing(name, areas.length)}
        aria-describedby="area-how"
      />
      <div class="buttons">
        <button
          type="button"
          class="button"
          id="area-add"
          disabled={areas.length >= MOST_AREAS}
          onClick={() => {
            const at = areas.length;
            add(MIDDLE);
            requestAnimationFrame(() => document.getElementById(`area-${String(at)}`)?.focus());
          }}
        >
          {pictures.add}
        </button>
      </div>
      {areas.length === 0 ? null : (
        <ul class="chips" aria-label={pictures.areas}>
          {areas.map((area, at) => (
            <li key={String(at)} class="area-chip">
              <button
                type="button"
                class="button chip"
                id={`area-${String(at)}`}
                aria-pressed={chosen === at ? 'true' : 'false'}
                onFocus={() => setChosen(at)}
                onClick={() => setChosen(at)}
                onKeyDown={(event: KeyboardEvent) => pressed(event, at, area)}
              >
                {pictures.area(at + 1, percent(area.x), percent(area.y), percent(area.w), percent(area.h))}
              </button>
              <button
                type="button"
                class="button button-quiet chip"
                aria-label={pictures.removeArea(at + 1)}
                onClick={() => remove(at)}
              >
                <span aria-hidden="true">×</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
