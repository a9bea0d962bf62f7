/** @jsxImportSource hono/jsx/dom */
import type { Looked } from '../../inspect/api.ts';
import { useBase } from '../context.ts';
import { useState } from '../hooks.ts';
import { look } from '../pictures/look.ts';
import { Findings } from '../ui/findings.tsx';
import { ProblemNotice } from '../ui/parts.tsx';
import { asProblem, type Loaded } from '../use-load.ts';

/** What was found in originals, by attachment id. */
export type Told = Readonly<Record<string, Loaded<Looked>>>;

/** Looks into originals once they were opened, each once; in a Worker without keys and network, as on the sender's side. */
export const useTelling = (): {
  readonly told: Told;
  readonly lookInto: (id: string, name: string, file: Blob) => void;
} => {
  const [told, setTold] = useState<Told>({});
  const set = (id: string, loaded: Loaded<Looked>): void =>
    setTold((before) => ({ ...before, [id]: loaded }));
  const lookInto = (id: string, name: string, file: Blob): void => {
    if (told[id]?.state === 'ready') return;
    set(id, { state: 'loading' });
    look(file, name).then(
      (value) => set(id, { state: 'ready', value }),
      (error: unknown) => set(id, { state: 'failed', problem: asProblem(error) }),
    );
  };
  return { told, lookInto };
};

/** Says what an opened original still tells about whoever sent it. */
export const Telling = ({ told }: { readonly told: Loaded<Looked> | undefined }) => {
  const { telling } = useBase().texts;
  if (told === undefined) return null;
  if (told.state === 'failed') return <ProblemNotice problem={told.problem} />;
  if (told.state === 'loading')
    return (
      <p class="small soft no-print" role="status">
        {telling.reading}
      </p>
    );
  const { findings, obstacle, lies, type } = told.value.inspection;
  const silent = obstacle === 'none' ? telling.nothing : telling.closed;
  return (
    <div class="telling no-print" role="status">
      {findings.length === 0 ? (
        <p class="small soft">{silent}</p>
      ) : (
        <>
          <p class="small strong">{telling.title}</p>
          <Findings findings={findings} />
          <p class="small soft">{telling.care}</p>
        </>
      )}
      {lies ? <p class="small soft">{telling.lies(type)}</p> : null}
    </div>
  );
};
