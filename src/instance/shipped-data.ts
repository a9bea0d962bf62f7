import { join } from 'node:path';
import { fileReferenceData } from '../adapters/data/reference-data.ts';
import type { ReferenceData } from '../ports/deps.ts';
import { projectRoot } from './project-root.ts';

/** The data that ship with the project, from `db/data`. */
export const shippedData = (): ReferenceData => fileReferenceData(join(projectRoot(), 'db', 'data'));
