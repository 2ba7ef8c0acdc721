import { describe, expect, it } from 'vitest';
import type { Manifest } from '#libs/contract/manifest.js';
import type { RequestStatement } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { findMismatch, type Asked } from './manifest-check.js';

const pdf = (what: string, pages = 2): Buffer =>
  Buffer.from(`%PDF-1.7\n% ${what}\n${'<< /Type /Page >>\n'.repeat(pages)}<< /Type /Pages >>\n%%EOF\n`);
const pdfs = [pdf('first copy'), pdf('second copy')];
const request = '11111111-1111-4111-8111-111111111111';
const session = '22222222-2222-4222-8222-222222222222';
const jwk = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;

const statement: RequestStatement = {
  purpose: 'Madoguchi request v1',
  request,
  session,
  nonce: 'n'.repeat(22),
  kiosk: 'KSK00001',
  sessionPublicKey: jwk,
  municipality: '991015',
  choice: { kind: 'resident-record', scope: 'part', members: ['m0000000000000001'], relationship: false, domicile: false, myNumber: false },
  copies: 2,
  feeYen: 600,
  offer: '33333333-3333-4333-8333-333333333333',
  time: '2026-11-23T00:00:00Z',
};
const asked: Asked = { statement, requestSha256: sha256Hex('the signed text'), feeYen: 600, nowMs: Date.parse('2026-11-23T00:00:10Z') };

function copy(number: number, document = pdfs[number - 1]): Manifest['copies'][number] {
  const pages = [1, 2].map((page) => ({ page, of: 2, fieldsSha256: sha256Hex(`${number}/${page}`) }));
  return { copy: number, attempt: 1, certificateNumber: `N-${number}`, pdfSha256: sha256Hex(document ?? ''), pages };
}

const manifest: Manifest = {
  request,
  session,
  kiosk: 'KSK00001',
  requestSha256: asked.requestSha256,
  subject: sha256Hex('subject'),
  municipality: '991015',
  kind: 'resident-record',
  feeYen: 600,
  copies: [copy(1), copy(2)],
  templateDigest: sha256Hex('form'),
  registerVersion: 1,
  time: '2026-11-23T00:00:05Z',
  expires: '2026-11-23T01:00:00Z',
};

function withSecond(document: Buffer): { readonly manifest: Partial<Manifest>; readonly pdfs: Buffer[] } {
  return { manifest: { copies: [copy(1), copy(2, document)] }, pdfs: [pdf('first copy'), document] };
}

const other = '99999999-9999-4999-8999-999999999999';
const wrong: readonly { what: string; manifest?: Partial<Manifest>; pdfs?: Buffer[]; asked?: Partial<Asked> }[] = [
  { what: 'another request', manifest: { request: other } },
  { what: 'another session', manifest: { session: other } },
  { what: 'another kiosk', manifest: { kiosk: 'KSK00002' } },
  { what: 'a request that the card did not sign', manifest: { requestSha256: sha256Hex('another text') } },
  { what: 'another municipality', manifest: { municipality: '992020' } },
  { what: 'another fee', manifest: { feeYen: 300 } },
  { what: 'a fee that was not shown', asked: { feeYen: 300 } },
  { what: 'one copy too few', manifest: { copies: [copy(1)] } },
  { what: 'copies in another order', manifest: { copies: [copy(2), copy(1)] } },
  { what: 'the same 発行番号 twice', manifest: { copies: [copy(1), { ...copy(2), certificateNumber: 'N-1' }] } },
  { what: 'another attempt', manifest: { copies: [copy(1), { ...copy(2), attempt: 2 }] } },
  { what: 'a missing page', manifest: { copies: [copy(1), { ...copy(2), pages: copy(2).pages.slice(0, 1) }] } },
  { what: "somebody else's document", pdfs: [pdfs[0] ?? Buffer.alloc(0), Buffer.from('another person')] },
  { what: 'documents exchanged', pdfs: pdfs.toReversed() },
  { what: 'a document too many', pdfs: [...pdfs, Buffer.from('third')] },
  { what: 'an expired manifest', asked: { nowMs: Date.parse('2026-11-23T01:00:00Z') } },
  { what: 'a manifest of another year', manifest: { time: '2001-01-01T00:00:00Z' } },
  { what: 'a manifest of an hour from now', manifest: { time: '2026-11-23T00:59:00Z' } },
  { what: 'a time that is none', manifest: { time: 'now' } },
  { what: 'nonsense with the right hash', ...withSecond(Buffer.from('nonsense')) },
  { what: 'a page too many inside the document', ...withSecond(pdf('second copy', 3)) },
  { what: 'half a document', ...withSecond(pdf('second copy').subarray(0, -10)) },
  { what: 'an end that does not exist', manifest: { expires: '2026-13-23T01:00:00Z' } },
];

describe('a manifest', () => {
  it('fits the request that the card signed', () => {
    expect(findMismatch(manifest, pdfs, asked)).toBeNull();
  });

  it('fits until the last millisecond before its end', () => {
    expect(findMismatch(manifest, pdfs, { ...asked, nowMs: Date.parse('2026-11-23T01:00:00Z') - 1 })).toBeNull();
  });

  it.each(wrong)('with $what is not ours', ({ manifest: change, pdfs: documents, asked: circumstances }) => {
    expect(findMismatch({ ...manifest, ...change }, documents ?? pdfs, { ...asked, ...circumstances })).not.toBeNull();
  });
});
