// DE55 is a run of BER-TLV objects (EMV Book 3, Annex B). The codec only asks whether it
// is one, whole, and with every tag once; what the tags mean is EMV's.
import { parseTlvs } from '#libs/iso7816/ber-tlv.js';

/** True for well-formed objects on the top level, at least one, each tag once. */
export function hasUniqueTags(bytes: Buffer): boolean {
  const objects = parseTlvs(bytes);
  if (!objects.ok || objects.value.length === 0) return false;
  return new Set(objects.value.map((object) => object.tag)).size === objects.value.length;
}
