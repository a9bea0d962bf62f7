/** @jsxImportSource hono/jsx/dom */
import { formatDay } from '../../../i18n/index.ts';
import { useBase } from '../context.ts';
import type { OpenedMessage, OpenedTip } from '../worker/calls.ts';

const Message = ({ message }: { readonly message: OpenedMessage }) => {
  const { lang, texts } = useBase();
  const from = message.from === 'unit' ? texts.tip.fromUnit : texts.tip.fromCitizen;
  return (
    <li class="message">
      <p class="small soft">
        {message.name === '' ? from : message.name}
        {message.day === '' ? '' : ` · ${formatDay(lang, message.day)}`}
      </p>
      {message.text === null ? (
        <p class="soft">
          {texts.tip.messageClosed} (<code>{message.code ?? ''}</code>)
        </p>
      ) : (
        <p class="words">{message.text}</p>
      )}
    </li>
  );
};

/** Messages between the unit and the sender, oldest first. */
export const Conversation = ({ tip }: { readonly tip: OpenedTip }) => {
  const { texts } = useBase();
  return (
    <section class="section tip-later" aria-labelledby="conversation">
      <h2 id="conversation">{texts.tip.conversation}</h2>
      {tip.messages.length === 0 ? (
        <p class="soft">{texts.tip.noMessages}</p>
      ) : (
        <ol class="messages">
          {tip.messages.map((message) => (
            <Message message={message} key={String(message.no)} />
          ))}
        </ol>
      )}
    </section>
  );
};
