/** @jsxImportSource hono/jsx/dom */
import { useMemo } from 'hono/jsx/dom';
import { useBase } from '../context.ts';
import { sizeText } from '../format.ts';
import { useState } from '../hooks.ts';
import { look } from '../pictures/look.ts';
import { Findings } from '../ui/findings.tsx';
import { admitted, type CallFile, FileReading } from './call-files.ts';
import type { CallDesk } from './desk.ts';
import type { HotlineTexts } from './texts.ts';

/** What was found in a file and what will be done with it, in one sentence and a list. */
const Told = ({ file }: { readonly file: CallFile }) => {
  const { files } = useBase().texts;
  if (file.state === 'reading')
    return (
      <p class="small soft" role="status">
        {files.reading}
      </p>
    );
  if (file.state === 'not_loaded') return <p class="small mark-danger">{files.notLoaded}</p>;
  if (file.looked === null) return <p class="small soft">{files.original}</p>;
  const { inspection } = file.looked;
  const { obstacle, lies, type, findings } = inspection;
  const sentence =
    file.form !== 'original'
      ? files[file.form]
      : obstacle === 'none'
        ? files.original
        : files.obstacle[obstacle];
  return (
    <>
      <p class="small">{sentence}</p>
      {lies ? <p class="small">{files.lies.replace('{type}', type)}</p> : null}
      {findings.length === 0 ? null : (
        <>
          <p class="small soft">{files.found}</p>
          <Findings findings={findings} />
        </>
      )}
    </>
  );
};

/** The choice between the file without what it tells and the original; nothing to choose where there is only the original. */
const Ways = (props: {
  readonly file: CallFile;
  readonly at: number;
  readonly onChoose: (form: CallFile['form']) => void;
}) => {
  const { files, keepOriginal } = useBase().texts;
  const made = props.file.looked?.made ?? null;
  if (made === null) return null;
  const way = (form: CallFile['form'], label: string) => (
    <div class="choice">
      <input
        type="radio"
        id={`call-way-${String(props.at)}-${form}`}
        name={`call-way-${String(props.at)}`}
        checked={props.file.form === form}
        onChange={() => props.onChoose(form)}
      />
      <label for={`call-way-${String(props.at)}-${form}`}>{label}</label>
    </div>
  );
  return (
    <fieldset class="call-ways">
      <legend class="small">
        {files.way}
        <span class="visually-hidden">: {props.file.name}</span>
      </legend>
      {way(made.form, files.wayClean)}
      {way('original', keepOriginal)}
    </fieldset>
  );
};

/** Files of a call: each is looked into as on the citizen's form, and goes without what it tells unless the original is the evidence. */
export const FilesField = (props: {
  readonly call: number;
  readonly files: readonly CallFile[];
  readonly desk: CallDesk;
  readonly texts: HotlineTexts;
}) => {
  const { texts, lang } = useBase();
  const t = props.texts.call;
  const { call, desk } = props;
  const [said, setSaid] = useState('');
  const reading = useMemo(() => new FileReading(desk, look), [desk]);
  const chosen = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const { taken, wrong, beyond } = admitted(Array.from(field.files ?? []), props.files.length);
    setSaid(wrong !== null ? t.fileWrong(wrong) : beyond ? t.fileTooMany : '');
    desk.changeFiles(call, (files) => [...files, ...taken]);
    for (const file of taken) void reading.read(call, file);
    field.value = '';
  };
  const choose = (file: CallFile, form: CallFile['form']): void =>
    desk.changeFiles(call, (files) => files.map((one) => (one.file === file.file ? { ...one, form } : one)));
  const remove = (file: CallFile): void => {
    desk.changeFiles(call, (files) => files.filter((one) => one.file !== file.file));
    document.getElementById('call-files')?.focus();
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
      <ul class="attachments">
        {props.files.map((file, at) => (
          <li class="attachment" data-state={file.state} key={`${String(at)}-${file.name}`}>
            <div class="attachment-line">
              <span class="attachment-name strong">{file.name}</span>
              <span class="small soft">{sizeText(file.file.size, lang)}</span>
              <span class="buttons">
                {file.state === 'not_loaded' ? (
                  <button type="button" class="button" onClick={() => void reading.read(call, file)}>
                    {texts.files.again}
                    <span class="visually-hidden">: {file.name}</span>
                  </button>
                ) : null}
                <button type="button" class="button button-quiet" onClick={() => remove(file)}>
                  {texts.files.remove}
                  <span class="visually-hidden">: {file.name}</span>
                </button>
              </span>
            </div>
            <Told file={file} />
            <Ways file={file} at={at} onChoose={(form) => choose(file, form)} />
          </li>
        ))}
      </ul>
    </div>
  );
};
