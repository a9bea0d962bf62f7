/** @jsxImportSource hono/jsx/dom */
import { useBase } from '../context.ts';
import { getJson } from '../http.ts';
import { Go, Notice } from '../ui/parts.tsx';
import { useLoad } from '../use-load.ts';
import { HOLIDAYS, type WireHolidays } from './wire.ts';

/** Says which years' holidays an administrator should enter; nothing when none is missing, or while that is not known. */
export const MissingYears = () => {
  const { texts } = useBase();
  const { loaded } = useLoad(() => getJson<WireHolidays>(HOLIDAYS), 'missing-years');
  const missing = loaded.state === 'ready' ? loaded.value.missing : [];
  if (missing.length === 0) return null;
  return (
    <Notice kind="warning" title={texts.holidays.missing(missing.join(', '))}>
      <p>
        <Go to={{ page: 'holidays' }}>{texts.nav.holidays}</Go>
      </p>
    </Notice>
  );
};
