import { describeStoreContract } from '../contract/store.ts';
import { makeSqliteStore } from './sqlite-fixture.ts';

describeStoreContract('the SQLite adapter', makeSqliteStore);
