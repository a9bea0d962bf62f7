/** @jsxImportSource hono/jsx/dom */
import { CONVERSATION_LIMITS, type Informant } from '../../../domain/conversation.ts';
import { IDENTITY_MODES, type IdentityMode, INTAKE_CHANNELS } from '../../../domain/terms.ts';
import { formatDay } from '../../../i18n/index.ts';
import { textsOf } from '../context.ts';
import { getJson } from '../http.ts';
import { SelectField } from '../ui/fields.tsx';
import { Notice } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { openFor, type WireBoxOpenings } from './boxes.ts';
import { asksFor, type CallDraft } from './call.ts';
import type { CallDesk } from './desk.ts';
import { FilesField } from './files-field.tsx';
import type { HotlineTexts } from './texts.ts';
import { Words } from './words.tsx';

const PARTICULARS = ['name', 'born', 'address', 'contact'] as const;

/** Letters, whose writing tells who wrote them. */
const WRITTEN: readonly CallDraft['channel'][] = ['tip_box', 'post', 'in_person'];

interface MoreProps {
  readonly call: number;
  readonly desk: CallDesk;
  readonly draft: CallDraft;
  readonly texts: HotlineTexts;
  readonly lang: 'vi' | 'en';
  readonly write: (change: Partial<CallDraft>) => void;
}

/** Which opening of a box a letter is from; fetched when the first letter is entered. */
const OpeningField = ({ draft, texts, lang, write }: MoreProps) => {
  const t = texts.boxes;
  const { loaded } = useLoad(() => getJson<WireBoxOpenings>('/api/staff/hotline/boxes'), 'boxes');
  const openings = loaded.state === 'ready' ? openFor(loaded.value.openings) : [];
  return (
    <SelectField
      name="call-opening"
      label={t.ofWhich}
      value={draft.opening}
      empty={t.ofNone}
      required={false}
      options={openings.map(({ id, box, day, count, entered }) => ({
        value: id,
        label: t.letter(box, formatDay(lang, day), count - entered),
      }))}
      onChange={(opening) => write({ opening })}
    />
  );
};

/** How it came in, who gave it if they said so, and files: folded away, because a caller needs none of it. */
export const MoreFields = (props: MoreProps) => {
  const { draft, texts, lang, write } = props;
  const t = texts.call;
  const { words } = textsOf(lang);
  const { informant } = draft;
  const tell = (change: Partial<Informant>): void => write({ informant: { ...informant, ...change } });
  const asks = asksFor(informant.mode);
  return (
    <details class="call-more">
      <summary>{t.more}</summary>
      <div class="call-more-body">
        <SelectField
          name="call-channel"
          label={t.channel}
          value={draft.channel}
          options={INTAKE_CHANNELS.filter((channel) => channel !== 'web').map((channel) => ({
            value: channel,
            label: words.channel[channel],
          }))}
          onChange={(channel) => write({ channel: channel as CallDraft['channel'] })}
        />
        {draft.channel === 'tip_box' ? <OpeningField {...props} /> : null}
        {draft.channel === 'interagency' || draft.channel === 'hotline_111' ? (
          <Words
            spot="document"
            label={t.document}
            value={draft.document}
            rows={1}
            maxlength={CONVERSATION_LIMITS.document}
            onWrite={(document) => write({ document })}
          />
        ) : null}
        <SelectField
          name="call-mode"
          label={t.mode}
          hint={t.modeHint}
          value={informant.mode}
          options={IDENTITY_MODES.map((mode) => ({ value: mode, label: t.modes[mode] }))}
          onChange={(mode) => tell({ mode: mode as IdentityMode })}
        />
        {asks !== 'reason' ? null : (
          <Words
            spot="reason"
            label={t.reason}
            value={informant.reason}
            rows={1}
            maxlength={CONVERSATION_LIMITS.reason}
            onWrite={(reason) => tell({ reason })}
          />
        )}
        {asks !== 'particulars'
          ? null
          : PARTICULARS.map((field) => (
              <Words
                key={field}
                spot={field}
                label={t[field]}
                value={informant[field]}
                rows={1}
                maxlength={CONVERSATION_LIMITS[field]}
                onWrite={(text) => tell({ [field]: text })}
              />
            ))}
        {WRITTEN.includes(draft.channel) ? (
          <Notice kind="warning">
            <p>{t.handwriting}</p>
          </Notice>
        ) : null}
        <FilesField call={props.call} files={draft.files} desk={props.desk} texts={texts} />
      </div>
    </details>
  );
};
