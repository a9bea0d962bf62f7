/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';

/** Prints the page with a mark on every sheet that says who printed it and when. Gone again when the print dialog closes. */
export const Watermark = ({ text, onPrinted }: { readonly text: string; readonly onPrinted: () => void }) => {
  useEffect(() => {
    addEventListener('afterprint', onPrinted, { once: true });
    print();
    return () => removeEventListener('afterprint', onPrinted);
  }, []);
  return (
    <div aria-hidden="true">
      <div class="watermark-large">{text}</div>
      <div class="watermark">{text}</div>
    </div>
  );
};
