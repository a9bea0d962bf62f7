/** @jsxImportSource hono/jsx/dom */
import { useEffect } from 'hono/jsx/dom';
import { formatDay } from '../../../i18n/index.ts';
import { useBase, useDesk } from '../context.ts';
import { useState } from '../hooks.ts';
import { Icon } from '../ui/icon.tsx';
import { Notice } from '../ui/parts.tsx';
import type { OpenedMessage, OpenedTip } from '../worker/calls.ts';
import { AttachmentList } from './attachments.tsx';
import { InformantFacts } from './informant.tsx';

const Asked = ({ tip, message }: { readonly tip: OpenedTip; readonly message: OpenedMessage }) => {
  const { lang, texts } = useBase();
  const { ask } = message;
  if (ask === null) return null;
  if (ask.kind === 'answer')
    return <p class="small soft">{texts.thread.answerBy(formatDay(lang, ask.by))}</p>;
  const name = tip.unitNames[ask.unit]?.[lang] ?? ask.unit;
  return <p class="small soft">{texts.thread.consentFor(name)}</p>;
};

const Words = ({ tip, message }: { readonly tip: OpenedTip; readonly message: OpenedMessage }) => {
  const { texts } = useBase();
  if (message.code === 'message_missing')
    return (
      <p class="mark mark-danger">
        <Icon name="broken" />
        {texts.thread.missingOne(message.no)}
      </p>
    );
  if (message.text === null)
    return (
      <p class="soft">
        {texts.tip.messageClosed} (<code>{message.code ?? ''}</code>)
      </p>
    );
  return (
    <>
      {message.about === 'reward' ? <p class="badge">{texts.thread.reward}</p> : null}
      {message.text === '' ? null : <p class="words">{message.text}</p>}
      <Asked tip={tip} message={message} />
      {message.informant === null ? null : <InformantFacts informant={message.informant} />}
      <AttachmentList tip={tip.detail.tip} attachments={message.attachments} />
    </>
  );
};

const Message = ({ tip, message }: { readonly tip: OpenedTip; readonly message: OpenedMessage }) => {
  const { lang, texts } = useBase();
  const from = message.from === 'unit' ? texts.tip.fromUnit : texts.tip.fromCitizen;
  return (
    <li class={`message message-${message.from}`}>
      <p class="message-head small soft">
        <span class="strong">{message.name === '' ? from : message.name}</span>
        {message.day === '' ? null : <span>{formatDay(lang, message.day)}</span>}
        {message.byOperator ? <span>{texts.thread.byOperator}</span> : null}
        {message.unseen ? <span class="badge badge-new">{texts.thread.unseen}</span> : null}
      </p>
      <Words tip={tip} message={message} />
    </li>
  );
};

/** How the conversation stands, in one line each; nothing where nothing is out of the ordinary. */
const Standing = ({ tip }: { readonly tip: OpenedTip }) => {
  const { lang, texts } = useBase();
  const { thread } = tip;
  const lines = [
    thread.noCode ? texts.thread.noCode : '',
    thread.muted ? texts.thread.muted : '',
    thread.asked && !thread.muted ? texts.thread.waiting : '',
    thread.byOperator && !thread.noCode ? texts.thread.operatorHadCode : '',
    ...thread.consents.map((unit) => texts.thread.consented(tip.unitNames[unit]?.[lang] ?? unit)),
  ].filter((line) => line !== '');
  return (
    <>
      {thread.missing.length === 0 ? null : (
        <Notice kind="problem" title={texts.thread.broken}>
          <p>{texts.thread.brokenLead(thread.missing.join(', '))}</p>
        </Notice>
      )}
      {lines.map((line) => (
        <p class="mark message-standing" key={line}>
          <Icon name="info" />
          {line}
        </p>
      ))}
    </>
  );
};

/** Milliseconds for which new messages must have been on the screen before they count as read. */
const READ_AFTER = 2000;

/** Says once that the newest message of the citizen was on the screen; a message that did not open counts as not read. */
const useSeen = (tip: OpenedTip): void => {
  const { vault } = useBase();
  const { recount } = useDesk();
  const [said, setSaid] = useState(0);
  const unseen = tip.messages.filter((message) => message.unseen && message.code === null);
  const newest = unseen.at(-1)?.no ?? 0;
  useEffect(() => {
    const target = document.getElementById('conversation-end');
    if (newest <= said || target === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watcher = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      timer = setTimeout(() => {
        vault
          .ask('seen', { tip: tip.detail.tip, no: newest })
          .then(() => {
            setSaid(newest);
            recount();
          })
          // Said again at the next look; nothing on the page depends on it.
          .catch(() => undefined);
      }, READ_AFTER);
    });
    watcher.observe(target);
    return () => {
      clearTimeout(timer);
      watcher.disconnect();
    };
  }, [newest, said]);
};

/** Messages between the unit and the sender, oldest first. */
export const Conversation = ({ tip }: { readonly tip: OpenedTip }) => {
  const { texts } = useBase();
  useSeen(tip);
  return (
    <section class="section tip-later" aria-labelledby="conversation">
      <h2 id="conversation">{texts.tip.conversation}</h2>
      <Standing tip={tip} />
      {tip.messages.length === 0 ? (
        <p class="soft">{texts.tip.noMessages}</p>
      ) : (
        <ol class="messages">
          {tip.messages.map((message) => (
            <Message tip={tip} message={message} key={String(message.no)} />
          ))}
        </ol>
      )}
      <div id="conversation-end" />
    </section>
  );
};
