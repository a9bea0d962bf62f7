/** @jsxImportSource hono/jsx/dom */
import { useBase } from '../context.ts';
import { grouped } from '../format.ts';
import { drawQr } from './qr.ts';

/** A one-time-code key: picture to scan, text to type, link for an application on this computer. */
export const OneTimeKey = ({ uri, secret }: { readonly uri: string; readonly secret: string }) => {
  const { texts } = useBase();
  const { side, path } = drawQr(uri);
  return (
    <div class="section">
      <svg
        class="qr"
        viewBox={`0 0 ${side} ${side}`}
        role="img"
        aria-label={texts.join.qr}
        shape-rendering="crispEdges"
      >
        <path d={path} fill="#000000" />
      </svg>
      <dl class="facts">
        <dt>{texts.join.totpKey}</dt>
        <dd>
          <code>{grouped(secret)}</code>
        </dd>
      </dl>
      <p>
        <a href={uri}>{texts.join.totpLink}</a>
      </p>
    </div>
  );
};
