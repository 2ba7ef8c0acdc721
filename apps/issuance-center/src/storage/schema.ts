// What `Store.open` needs of the center.
import { CardLinkFeedRow, CardLinkRow, OutcomeRow, RequestRow, RevokedCardRow, SessionRow } from './entities.js';
import { FirstTables1790000000000 } from './migration-1790000000000.js';
import { RevokedCards1790000100000 } from './migration-1790000100000.js';
import { OutcomesByKiosk1790000200000 } from './migration-1790000200000.js';

export const entities = [SessionRow, RequestRow, OutcomeRow, CardLinkRow, CardLinkFeedRow, RevokedCardRow];
export const migrations = [FirstTables1790000000000, RevokedCards1790000100000, OutcomesByKiosk1790000200000];
