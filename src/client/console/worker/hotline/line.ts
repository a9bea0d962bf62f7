import { NetworkError, RefusedError } from '../../../common/http.ts';
import { Problem, type ProblemCode } from '../../http.ts';

/** What citizens' own routes refuse, as the console tells it. They are asked without the session: nobody there learns who asks. */
export async function asProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NetworkError) throw new Problem('network');
    if (error instanceof RefusedError) throw new Problem(error.code as ProblemCode);
    throw error;
  }
}
