/** @jsxImportSource hono/jsx/dom */
import { NO_NOTICE, type NoNotice } from '../../../domain/life-cycle-types.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { Choice as Radios } from '../ui/fields.tsx';
import type { OpenedTip } from '../worker/calls.ts';
import { identityOf } from './classify-fields.tsx';
import { Letter } from './text-fields.tsx';

/** Why nobody can be told anything, as far as the tip itself proves it. */
export const noNoticeOf = (tip: Pick<OpenedTip, 'thread' | 'extras' | 'messages'>): readonly NoNotice[] => {
  if (!tip.thread.noCode) return [];
  return identityOf(tip) === 'refused' ? NO_NOTICE : ['no_code'];
};

/** A notice: a letter to the mailbox, or, where nobody can read one, the ground why. */
export const NoticeFields = (props: {
  readonly tip: OpenedTip;
  readonly label: string;
  readonly hint: string;
  readonly value?: string;
}) => {
  const { law, texts } = useBase();
  const { notice } = texts;
  const grounds = noNoticeOf(props.tip);
  const [how, setHow] = useState('');
  const letter = (
    <Letter
      label={props.label}
      hint={props.hint}
      {...(props.value === undefined ? {} : { value: props.value })}
    />
  );
  if (grounds.length === 0) return letter;
  return (
    <>
      <Radios
        name="impossible"
        legend={notice.how}
        value={how}
        options={[
          ...grounds.map((value) => ({ value: value as string, label: law.noNotice[value] })),
          { value: 'write', label: notice.write },
        ]}
        onChange={setHow}
      />
      {how === 'write' ? letter : null}
    </>
  );
};
