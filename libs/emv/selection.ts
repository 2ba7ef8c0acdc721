// Which application: by the terminal's own list of AIDs, in its order (EMV 4.3 Book 1
// §12.3.3). The AIDs of Japanese cash cards are not public, so the list is configuration.
import { childrenOf, findTlv, parseTlv } from '#libs/iso7816/ber-tlv.js';
import { statusWord } from '#libs/iso7816/status-word.js';
import { assert } from '#libs/std/assert.js';
import { equalBytes } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { exchange, malformed, type CardChannel, type CashCardFault } from './channel.js';
import { parseDol, type DolEntry } from './dol.js';
import { tag } from './tags.js';

export type SelectedApplication = { readonly aid: Buffer; readonly pdol: readonly DolEntry[] };

/** The selected application, or null when the card has none of this name. Blocked ones are faults. */
export async function selectApplication<F>(
  channel: CardChannel<F>,
  aid: Buffer,
): Promise<Result<SelectedApplication | null, CashCardFault<F>>> {
  assert(aid.length >= 5 && aid.length <= 16, 'aid-length');
  const answer = await exchange(channel, { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data: aid, expectedLength: 256 });
  if (!answer.ok) return answer;
  switch (answer.value.statusWord) {
    case statusWord.ok:
      return readFci(answer.value.data, aid);
    case statusWord.fileDeactivated:
      return err({ code: 'application-blocked', detail: '6283' });
    case statusWord.functionNotSupported:
      return err({ code: 'card-blocked', detail: '6A81' });
    default:
      // EMV Book 1 §12.3.3: any other status word means that this AID is not there.
      return ok(null);
  }
}

function readFci<F>(bytes: Buffer, aid: Buffer): Result<SelectedApplication, CashCardFault<F>> {
  const fci = parseTlv(bytes);
  if (!fci.ok || fci.value.tag !== tag.fciTemplate) return malformed('fci');
  const parts = childrenOf(fci.value, 'zeros');
  if (!parts.ok) return malformed('fci');
  const name = parts.value.find((part) => part.tag === tag.dedicatedFileName);
  const proprietary = parts.value.find((part) => part.tag === tag.fciProprietary);
  if (name === undefined || proprietary === undefined) return malformed('fci-incomplete');
  if (!equalBytes(name.value.subarray(0, aid.length), aid)) return malformed('fci-names-another-application');
  const pdol = findTlv([proprietary], tag.pdol, 'zeros');
  if (!pdol.ok) return malformed('fci');
  const entries = parseDol(pdol.value?.value ?? Buffer.alloc(0));
  return entries.ok ? ok({ aid: Buffer.from(name.value), pdol: entries.value }) : malformed('pdol');
}
