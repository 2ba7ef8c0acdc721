// Content of an OBJECT IDENTIFIER (X.690 §8.19), in its one encoding.

/** Dotted decimal, null when it is none. Arcs beyond 48 bits occur nowhere in our structures. */
export function readArcs(content: Buffer): string | null {
  const arcs: number[] = [];
  let arc = 0;
  let octets = 0;
  for (const octet of content) {
    if (octets === 0 && octet === 0x80) return null;
    arc = arc * 128 + (octet & 0x7f);
    if (++octets > 6) return null;
    if ((octet & 0x80) !== 0) continue;
    if (arcs.length === 0) arcs.push(Math.min(Math.floor(arc / 40), 2), arc - 40 * Math.min(Math.floor(arc / 40), 2));
    else arcs.push(arc);
    arc = 0;
    octets = 0;
  }
  return octets === 0 && arcs.length > 0 ? arcs.join('.') : null;
}
