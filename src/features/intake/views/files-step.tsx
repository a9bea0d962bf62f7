import type { FC } from 'hono/jsx';
import { ATTACHMENT_LIMITS } from '../../../domain/attachments.ts';
import { fill, localPath } from '../../../i18n/index.ts';
import { Callout } from './parts.tsx';
import { textsOf } from './texts.ts';
import { Step, type StepProps } from './tip-steps.tsx';

/** Photos, videos and papers: what handles them arrives with its own script, when somebody chooses some. */
export const FilesStep: FC<StepProps & { readonly bytes: number }> = ({ lang, bytes }) => {
  const texts = textsOf(lang).attachments;
  const t = texts.step;
  const size = `${Math.floor(bytes / 1024 / 1024)} MB`;
  return (
    <Step name="files">
      <h2>{t.title}</h2>
      <p>{t.hint}</p>
      <Callout tone="warn" title={t.careTitle}>
        <p>{t.care}</p>
      </Callout>
      <ul class="files" id="files-list" aria-label={texts.list} hidden />
      <p class="files-status" id="files-status" role="status" />
      <div class="files-choose">
        <input
          type="file"
          id="files-input"
          multiple
          autocomplete="off"
          aria-describedby="files-limits files-status"
        />
        <label class="button quiet" for="files-input" id="files-choose">
          {t.choose}
        </label>
      </div>
      <p class="hint" id="files-limits">
        {fill(t.limits, { count: ATTACHMENT_LIMITS.count, size })}
      </p>
      <p class="hint" id="files-wait" role="status" hidden>
        {texts.loading}
      </p>
      <p>
        <button type="button" class="link" id="files-retry" hidden>
          {texts.notLoaded} {texts.again}
        </button>
      </p>
      <p>
        <a class="alone" href={localPath(lang, '/help/photos')} target="_blank" rel="noopener">
          {t.more}
        </a>
      </p>
    </Step>
  );
};
