/** @jsxImportSource hono/jsx/dom */
import { ATTACHMENT_LIMITS, cleanFileName } from '../../../domain/attachments.ts';
import { CONVERSATION_LIMITS, type Informant } from '../../../domain/conversation.ts';
import { IDENTITY_MODES, type IdentityMode, INTAKE_CHANNELS } from '../../../domain/terms.ts';
import { formatDay } from '../../../i18n/index.ts';
import { textsOf } from '../context.ts';
import { useState } from '../hooks.ts';
import { getJson } from '../http.ts';
import { SelectField } from '../ui/fields.tsx';
import { Notice } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { openFor, type WireBoxOpenings } from './boxes.ts';
import { asksFor, type CallDraft, type CallFile } from './call.ts';
import type { HotlineTexts } from './texts.ts';
import { Words } from './words.tsx';

const PARTICULARS = ['name', 'born', 'address', 'contact'] as const;

/** Letters, whose writing tells who wrote them. */
const WRITTEN: readonly CallDraft['channel'][] = ['tip_box', 'post', 'in_person'];

interface MoreProps {
  readonly draft: CallDraft;
  readonly texts: HotlineTexts;
  readonly lang: 'vi' | 'en';
  readonly write: (change: Partial<CallDraft>) => void;
}

const Files = ({ draft, texts, write }: MoreProps) => {
  const t = texts.call;
  const [said, setSaid] = useState('');
  const chosen = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const files = Array.from(field.files ?? []);
    const wrong = files.find(({ size }) => size === 0 || size > ATTACHMENT_LIMITS.bytes);
    const good = files
      .filter(({ size }) => size > 0 && size <= ATTACHMENT_LIMITS.bytes)
      .map((file): CallFile => ({ file, name: cleanFileName(file.name), type: file.type }));
    const room = ATTACHMENT_LIMITS.count - draft.files.length;
    setSaid(wrong !== undefined ? t.fileWrong(wrong.name) : good.length > room ? t.fileTooMany : '');
    write({ files: [...draft.files, ...good.slice(0, room)] });
    field.value = '';
  };
  return (
    <div class="field">
      <label for="call-files">{t.files}</label>
      <span class="field-hint" id="call-files-hint">
        {t.filesHint}
      </span>
      <input id="call-files" type="file" multiple aria-describedby="call-files-hint" onChange={chosen} />
      <p class="field-problem" role="alert">
        {said}
      </p>
      <ul class="chips">
        {draft.files.map((file, at) => (
          <li key={`${at}-${file.name}`}>
            <button
              type="button"
              class="button chip"
              aria-label={t.fileRemove(file.name)}
              onClick={() => write({ files: draft.files.filter((_, other) => other !== at) })}
            >
              {file.name} <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};

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
        <Files {...props} />
      </div>
    </details>
  );
};
