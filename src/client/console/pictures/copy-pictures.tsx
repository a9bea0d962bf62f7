/** @jsxImportSource hono/jsx/dom */
import { useEffect, useRef } from 'hono/jsx/dom';
import { useBase } from '../context.ts';
import { paint } from './paint.ts';

const Drawn = ({ bitmap, label }: { readonly bitmap: ImageBitmap; readonly label: string }) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) paint(canvas.current, bitmap, []);
  }, [bitmap]);
  return <canvas ref={canvas} class="copy-picture" role="img" aria-label={label} />;
};

/** The pictures of an opened working copy, on the screen and on paper. */
export const CopyPictures = ({ bitmaps }: { readonly bitmaps: readonly ImageBitmap[] }) => {
  const { pictures } = useBase().texts;
  return (
    <div class="copy-pictures">
      {bitmaps.map((bitmap, at) => (
        <Drawn bitmap={bitmap} label={pictures.picture(at + 1)} key={String(at)} />
      ))}
    </div>
  );
};
