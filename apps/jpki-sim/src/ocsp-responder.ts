// The OCSP responder (RFC 6960), one for each CA, and the ways in which it can be wrong.
import type { CertificateAuthority } from './certificate-authority.js';
import { expiredByMs, ocspRefreshMs, slowDelayMs } from './limits.js';
import { fromHex } from '#libs/std/bytes.js';
import type { Clock } from '#libs/std/clock.js';
import { writeOcspError, writeOcspResponse, type OcspAnswer } from '#libs/pki/issue-ocsp.js';
import { certIdOf, readOcspRequest, sameCertId, type CertId } from '#libs/pki/ocsp-request.js';
import type { CertStatus } from '#libs/pki/ocsp-response.js';
import { readTrustAnchors, type TrustAnchor } from '#libs/pki/trust-list.js';
import type { jpkiFaultBodySchema } from '#libs/contract/simulators.js';
import { assert } from '#libs/std/assert.js';
import type { z } from 'zod';

export type Fault = z.infer<typeof jpkiFaultBodySchema>;

/** One for both responders: what the management port ordered last. */
export class FaultSwitch {
  private ordered: Fault = { fault: 'none' };

  get current(): Fault {
    return this.ordered;
  }

  order(fault: Fault): void {
    this.ordered = fault;
  }
}

export class OcspResponder {
  private readonly issuer: TrustAnchor;

  constructor(
    private readonly ca: CertificateAuthority,
    private readonly faults: FaultSwitch,
    private readonly clock: Clock,
  ) {
    const anchors = readTrustAnchors([ca.authority.certificate]);
    assert(anchors.ok && anchors.value[0] !== undefined, 'the CA that was just made is inside the profile');
    this.issuer = anchors.value[0];
  }

  /** DER in, DER out; null: there is no answer. */
  async answer(requestDer: Uint8Array): Promise<Buffer | null> {
    const { fault, delayMs } = this.faults.current;
    if (fault === 'no-answer') return null;
    if (fault === 'slow') await this.clock.sleep(delayMs ?? slowDelayMs);
    if (fault === 'try-later') return writeOcspError(3);
    const request = readOcspRequest(requestDer);
    const [certId, ...others] = request.ok ? request.value.certIds : [];
    if (!request.ok || certId === undefined || others.length > 0) return writeOcspError(1);
    if (!sameCertId(certId, certIdOf({ issuer: this.issuer, serial: certId.serial }, certId.hash))) return writeOcspError(6);
    const good = this.answerAbout(certId, request.value.nonce);
    const signer = fault === 'foreign-signer' ? await this.ca.foreignResponder() : this.ca.responder;
    return writeOcspResponse(spoil(good, fault), signer);
  }

  private answerAbout(certId: CertId, nonce: Buffer | null): OcspAnswer {
    const nowMs = this.clock.nowMs();
    const certStatus: CertStatus = this.ca.statusOf(certId.serial);
    return { certId, certStatus, producedAtMs: nowMs, thisUpdateMs: nowMs, nextUpdateMs: nowMs + ocspRefreshMs, nonce };
  }
}

function spoil(answer: OcspAnswer, fault: Fault['fault']): OcspAnswer {
  switch (fault) {
    case 'expired-answer':
      return {
        ...answer,
        producedAtMs: answer.producedAtMs - expiredByMs,
        thisUpdateMs: answer.thisUpdateMs - expiredByMs,
        nextUpdateMs: answer.thisUpdateMs - expiredByMs + ocspRefreshMs,
      };
    case 'other-serial':
      return { ...answer, certId: { ...answer.certId, serial: neighbour(answer.certId.serial) }, certStatus: { status: 'good' } };
    case 'unknown-status':
      return { ...answer, certStatus: { status: 'unknown' } };
    case 'none':
    case 'slow':
    case 'foreign-signer':
    case 'no-answer':
    case 'try-later':
      return answer;
  }
}

/** The serial number that differs in its last bit. */
function neighbour(serial: string): string {
  const bytes = fromHex(serial) ?? Buffer.of(1);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  return bytes.toString('hex').toUpperCase();
}
