// DE55 is a run of BER-TLV objects (EMV Book 3, Annex B). The codec only asks whether it
// is one, whole, and with every tag once; what the tags mean is EMV's.

const mostTagBytes = 3;

/** True for well-formed primitive or constructed objects on the top level, each tag once. */
export function hasUniqueTags(bytes: Buffer): boolean {
  const seen = new Set<string>();
  let offset = 0;
  while (offset < bytes.length) {
    const tag = tagAt(bytes, offset);
    if (tag === null || seen.has(tag)) return false;
    seen.add(tag);
    const next = afterValue(bytes, offset + tag.length / 2);
    if (next === null) return false;
    offset = next;
  }
  return bytes.length > 0;
}

function tagAt(bytes: Buffer, offset: number): string | null {
  const first = bytes.readUInt8(offset);
  if (first === 0x00 || first === 0xff) return null;
  let end = offset + 1;
  if ((first & 0x1f) === 0x1f) {
    while (end < bytes.length && (bytes.readUInt8(end) & 0x80) !== 0) end++;
    end++;
  }
  return end > bytes.length || end - offset > mostTagBytes ? null : bytes.toString('hex', offset, end);
}

/** Lengths in the shortest form of one, two or three bytes: the others have no use in 999 bytes. */
function afterValue(bytes: Buffer, offset: number): number | null {
  if (offset >= bytes.length) return null;
  const first = bytes.readUInt8(offset);
  const more = first < 0x80 ? 0 : first - 0x80;
  if (first === 0x80 || more > 2 || offset + 1 + more > bytes.length) return null;
  const length = more === 0 ? first : bytes.readUIntBE(offset + 1, more);
  if ((more === 1 && length < 0x80) || (more === 2 && length < 0x100)) return null;
  const end = offset + 1 + more + length;
  return end > bytes.length ? null : end;
}
