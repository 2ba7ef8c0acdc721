// What `Store.open` needs of the center.
import { CardLinkFeedRow, CardLinkRow, OutcomeRow, RequestRow, SessionRow } from './entities.js';
import { FirstTables1790000000000 } from './migration-1790000000000.js';

export const entities = [SessionRow, RequestRow, OutcomeRow, CardLinkRow, CardLinkFeedRow];
export const migrations = [FirstTables1790000000000];
