// Takes a signed structure apart, changes one field and signs it again: content that is
// wrong under a signature that is right. (Certificates, OCSP's BasicOCSPResponse and
// CRLs share one shape: what is signed, algorithm, signature.)
import type { KeyObject } from 'node:crypto';
import { assert } from '#libs/std/assert.js';
import { element, octetString, oid, sequence } from '#libs/pki/der-writer.js';
import { signedParts } from '#libs/pki/issue-ocsp.js';

/** The elements inside a constructed element, each with its header. */
export function childrenOf(der: Buffer): Buffer[] {
  const children: Buffer[] = [];
  for (let at = headerLength(der); at < der.length; at += elementLength(der.subarray(at))) {
    children.push(der.subarray(at, at + elementLength(der.subarray(at))));
  }
  return children;
}

function headerLength(der: Buffer): number {
  const first = der.readUInt8(1);
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

function elementLength(der: Buffer): number {
  const first = der.readUInt8(1);
  return headerLength(der) + (first < 0x80 ? first : der.readUIntBE(2, first & 0x7f));
}

export function contentOf(der: Buffer): Buffer {
  return der.subarray(headerLength(der));
}

export type Change = (fields: Buffer[]) => Buffer[];
/** What was changed, how, and the verdict that it ends in. */
export type Case = readonly [name: string, change: Change, verdict: string];

/** Changes the fields of what is signed, and signs it. Elements behind the signature stay. */
export function resigned(der: Buffer, change: Change, key: KeyObject): Buffer {
  const [signed, , , ...behind] = childrenOf(der);
  assert(signed !== undefined, 'a signed structure');
  return sequence(...signedParts(sequence(...change(childrenOf(signed))), key), ...behind);
}

/** Replaces the field at `index`. */
export function field(index: number, replacement: Buffer | ((old: Buffer) => Buffer)): Change {
  return (fields) => fields.map((old, at) => (at === index ? (typeof replacement === 'function' ? replacement(old) : replacement) : old));
}

export type ExtensionParts = { critical: boolean; value: Buffer };

export function extensionDer(type: string, { critical, value }: ExtensionParts): Buffer {
  return sequence(oid(type), ...(critical ? [element(0x01, Buffer.of(0xff))] : []), octetString(value));
}

/** Changes the list of Extensions in the last field: `[3]` of a certificate, `[0]` of a CRL, `[1]` of an OCSP answer. */
export function extensions(change: Change): Change {
  return (fields) => {
    const last = fields.at(-1);
    assert(last !== undefined, 'extensions');
    const [list] = childrenOf(last);
    assert(list !== undefined, 'a list of extensions');
    return [...fields.slice(0, -1), element(last.readUInt8(0), sequence(...change(childrenOf(list))))];
  };
}

/** Changes one extension; null takes it away. */
export function extension(type: string, change: ((old: ExtensionParts) => ExtensionParts) | null): Change {
  return extensions((list) =>
    list.flatMap((item) => {
      const [itemType, ...rest] = childrenOf(item);
      if (itemType?.equals(oid(type)) !== true) return [item];
      const value = rest.at(-1);
      assert(value !== undefined, 'an extension has a value');
      return change === null ? [] : [extensionDer(type, change({ critical: rest.length > 1, value: contentOf(value) }))];
    }),
  );
}

export function added(...items: readonly Buffer[]): Change {
  return extensions((list) => [...list, ...items]);
}
