// One command to the card and its whole answer. With T=0 a card says `61xx` (the answer
// waits) or `6Cxx` (ask again with this length): EMV 4.3 Book 1 §9.3.1, ISO/IEC 7816-3 §12.2.
import { decodeResponse, encodeCommand, type CommandApdu, type ResponseApdu } from '#libs/iso7816/apdu.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from './limits.js';

/** A connection of a card reader, or anything that answers bytes. */
export type CardChannel<F> = { transmit(command: Uint8Array): Promise<Result<Buffer, F>> };

/** `card-fault` hands on what the reader said, e.g. that the card was pulled. `detail` never holds card data. */
export type CashCardFault<F> =
  | { readonly code: 'card-fault'; readonly cause: F }
  | {
      readonly code: 'no-cash-application' | 'application-blocked' | 'card-blocked' | 'malformed-card' | 'refused-by-card';
      readonly detail: string;
    };

export function malformed(detail: string): {
  readonly ok: false;
  readonly error: { readonly code: 'malformed-card'; readonly detail: string };
} {
  return err({ code: 'malformed-card', detail });
}

export async function exchange<F>(channel: CardChannel<F>, command: CommandApdu): Promise<Result<ResponseApdu, CashCardFault<F>>> {
  let answer = await once(channel, command);
  if (answer.ok && answer.value.statusWord >> 8 === 0x6c) {
    answer = await once(channel, { ...command, expectedLength: lengthIn(answer.value) });
  }
  let collected = Buffer.alloc(0);
  for (let turn = 0; answer.ok && answer.value.statusWord >> 8 === 0x61; turn++) {
    if (turn === limits.getResponses) return malformed('get-response-without-end');
    collected = Buffer.concat([collected, answer.value.data]);
    answer = await once(channel, { cla: 0x00, ins: 0xc0, p1: 0x00, p2: 0x00, expectedLength: lengthIn(answer.value) });
  }
  if (!answer.ok) return answer;
  return ok({ statusWord: answer.value.statusWord, data: Buffer.concat([collected, answer.value.data]) });
}

async function once<F>(channel: CardChannel<F>, command: CommandApdu): Promise<Result<ResponseApdu, CashCardFault<F>>> {
  const bytes = await channel.transmit(encodeCommand(command));
  if (!bytes.ok) return err({ code: 'card-fault', cause: bytes.error });
  const decoded = decodeResponse(bytes.value);
  return decoded.ok ? decoded : malformed(decoded.error.code);
}

function lengthIn(answer: ResponseApdu): number {
  const sw2 = answer.statusWord & 0xff;
  return sw2 === 0 ? 256 : sw2;
}
