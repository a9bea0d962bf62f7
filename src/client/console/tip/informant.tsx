/** @jsxImportSource hono/jsx/dom */
import type { Informant, Taken } from '../../../domain/conversation.ts';
import { useBase } from '../context.ts';
import { Notice } from '../ui/parts.tsx';

const Facts = ({ rows }: { readonly rows: readonly (readonly [string, string])[] }) => (
  <dl class="facts">
    {rows
      .filter(([, value]) => value !== '')
      .map(([name, value]) => (
        <>
          <dt key={`${name}-name`}>{name}</dt>
          <dd key={name}>{value}</dd>
        </>
      ))}
  </dl>
);

/** Who the informant is, where they said so. It lies in the envelope alone; the page says that it must stay among who needs it. */
export const InformantFacts = ({ informant }: { readonly informant: Informant }) => {
  const { texts } = useBase();
  const names = texts.thread.informant;
  return (
    <Notice kind="warning" title={names.title}>
      <p>{names.lead}</p>
      <Facts
        rows={[
          [names.mode, names.modes[informant.mode]],
          [names.reason, informant.reason],
          [names.name, informant.name],
          [names.born, informant.born],
          [names.address, informant.address],
          [names.contact, informant.contact],
        ]}
      />
    </Notice>
  );
};

/** Seconds as minutes and seconds: `03:25`. */
const clockText = (seconds: number): string =>
  [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** How an operator took a tip down. */
export const TakenFacts = ({ taken }: { readonly taken: Taken }) => {
  const { texts, words } = useBase();
  const names = texts.thread.taken;
  return (
    <div class="card content">
      <h3>{names.title}</h3>
      <Facts
        rows={[
          [names.channel, words.channel[taken.channel]],
          [names.document, taken.document],
          [names.voiceKept, taken.voiceKept],
        ]}
      />
      {taken.marks.length === 0 ? null : (
        <ul class="clocks">
          {taken.marks.map(({ after, text }, at) => (
            <li key={String(at)}>
              <code>{clockText(after)}</code> <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
      {taken.draftUnverified ? (
        <Notice kind="warning">
          <p>{names.draft}</p>
        </Notice>
      ) : null}
    </div>
  );
};
