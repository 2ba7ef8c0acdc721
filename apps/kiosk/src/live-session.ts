// The secrets and personal data of the visit under way. They live here, in memory, and
// nowhere else; `wipe` forgets them and overwrites what can be overwritten.
import { exportJWK, generateKeyPair } from 'jose';
import { ecPrivateJwk, type EcPrivateJwk } from '#libs/contract/base.js';
import type { Manifest } from '#libs/contract/manifest.js';
import type { RequestStatement, SignedStatement } from '#libs/contract/statements.js';
import { assert } from '#libs/std/assert.js';
import { wipe } from '#libs/std/bytes.js';
import type { SessionIds } from '#libs/session/state.js';

export type CenterSession = { readonly id: string; readonly token: string; readonly nonce: string; readonly center: string };
export type CheckedBundle = { readonly manifest: Manifest; readonly pdfs: readonly Buffer[] };
export type SignedRequest = { readonly statement: RequestStatement; readonly signed: SignedStatement };

export class LiveSession {
  /** DER of the user-authentication certificate. */
  certificate: Buffer | null = null;
  center: CenterSession | null = null;
  request: SignedRequest | null = null;
  /** The JWE as it came, until it is checked. */
  sealedBundle: string | null = null;
  bundle: CheckedBundle | null = null;
  /** Of the cash card that paid, for the receipt; never stored. */
  cardLastFour: string | null = null;

  private constructor(
    readonly ids: SessionIds,
    readonly key: EcPrivateJwk,
  ) {}

  /** A one-time P-256 key pair for this visit (DESIGN §3 step 2). */
  static async begin(ids: SessionIds): Promise<LiveSession> {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const { kty, crv, x, y, d } = await exportJWK(privateKey);
    return new LiveSession(ids, ecPrivateJwk.parse({ kty, crv, x, y, d }));
  }

  /** The engine asks only after the session was opened. */
  openCenter(): CenterSession {
    assert(this.center !== null, 'the session is open at the center');
    return this.center;
  }

  signedRequest(): SignedRequest {
    assert(this.request !== null, 'the request was signed');
    return this.request;
  }

  signedStatement(signed: { statement: string; signature: Buffer }): SignedStatement {
    assert(this.certificate !== null, 'the card was read');
    return {
      statement: signed.statement,
      signature: signed.signature.toString('base64'),
      certificate: this.certificate.toString('base64'),
    };
  }

  /** The copies may be charged for no more (libs/session/lifetimes.ts). Without a checked bundle nothing may. */
  isManifestOver(nowMs: number): boolean {
    return this.bundle === null || !(Date.parse(this.bundle.manifest.expires) > nowMs);
  }

  wipe(): void {
    if (this.certificate !== null) wipe(this.certificate);
    for (const pdf of this.bundle?.pdfs ?? []) wipe(pdf);
    this.certificate = null;
    this.center = null;
    this.request = null;
    this.sealedBundle = null;
    this.bundle = null;
    this.cardLastFour = null;
  }
}
