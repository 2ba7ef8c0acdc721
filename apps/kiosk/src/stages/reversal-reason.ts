// DE39 of the 0420 (reference: payment §3.3): what the bank's books say of why.
import type { ReversalReason } from '#libs/iso8583/response-codes.js';
import type { ChargeRow } from '../storage/entities.js';

/** `ending`: the code with which the visit ended. A charge without an answer is reversed for that, whatever ended the visit. */
export function reversalReason(charge: Pick<ChargeRow, 'state' | 'unknownCause'>, ending: string): ReversalReason {
  if (charge.state === 'unknown' && charge.unknownCause === 'malformed-answer') return '21';
  if (charge.state === 'unknown' || charge.state === 'pending') return '68';
  return ending === 'cash-card-left' || ending === 'stopped' ? '17' : '22';
}
