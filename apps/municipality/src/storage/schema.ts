// What `Store.open` needs, and what the comparison of both engines looks at.
import type { EntityClass, MigrationClass } from '#libs/storage/source.js';
import { AbandonedRequestRow, CopyRow, OfferRow, RefusalRow, RequestRow } from './issuance-entities.js';
import { RegistersAndIssuance1790000000000 } from './migration-1790000000000.js';
import { AbandonedRequests1790000100000 } from './migration-1790000100000.js';
import { CardLinkPushRow, CardLinkRow, RegisterState, ResidentRow } from './register-entities.js';

export const entities: readonly EntityClass[] = [
  RegisterState,
  ResidentRow,
  CardLinkRow,
  CardLinkPushRow,
  OfferRow,
  RequestRow,
  CopyRow,
  AbandonedRequestRow,
  RefusalRow,
];

export const migrations: readonly MigrationClass[] = [RegistersAndIssuance1790000000000, AbandonedRequests1790000100000];
