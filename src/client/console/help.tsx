/** @jsxImportSource hono/jsx/dom */
import { useBase } from './context.ts';
import { Dialog } from './ui/dialog.tsx';

/** The keys that work everywhere. */
export const HelpDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { texts } = useBase();
  return (
    <Dialog title={texts.help.title} onClose={onClose}>
      <dl class="keys">
        {texts.help.keys.map(([key, meaning]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </>
        ))}
      </dl>
      <div class="buttons">
        <button type="button" class="button" onClick={onClose}>
          {texts.frame.close}
        </button>
      </div>
    </Dialog>
  );
};
