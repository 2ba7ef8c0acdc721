// What a kiosk does with the center, without the kiosk.
import { createPrivateKey, randomUUID, sign as signBytes } from 'node:crypto';
import type supertest from 'supertest';
import type { EcPrivateJwk } from '#libs/contract/base.js';
import type { CopyOutcome, OpenSessionAnswer } from '#libs/contract/center.js';
import { bundleSchema, manifestSchema, type Manifest } from '#libs/contract/manifest.js';
import { offerSchema, type Offer } from '#libs/contract/offer.js';
import { decrypt, parseJson, publicHalf, sign, verify } from '#libs/contract/sealed.js';
import type { IssuedCard } from '#libs/contract/simulators.js';
import { canonicalJson, type RequestStatement, type SignedStatement } from '#libs/contract/statements.js';
import { kiosk, now } from './now.js';

export type Bundle = { readonly manifest: Manifest; readonly pdfs: readonly Buffer[] };
/** The center's door, and the keys of who is on the other side. */
export type Surroundings = {
  readonly http: ReturnType<typeof supertest>;
  readonly kioskKey: EcPrivateJwk;
  keyOf(municipality: string): EcPrivateJwk;
};

type VisitParts = { readonly card: IssuedCard; readonly key: EcPrivateJwk; readonly opened: OpenSessionAnswer };

export class Visit {
  constructor(
    private readonly whole: Surroundings,
    readonly parts: VisitParts,
  ) {}

  post(what: string, body: object): supertest.Test {
    const { session, token } = this.parts.opened;
    return this.whole.http.post(`/v1/sessions/${session}/${what}`).set('authorization', `Bearer ${token}`).send(body);
  }

  loginBody(): SignedStatement {
    return this.signed({ purpose: 'Madoguchi login v1', center: this.parts.opened.center, ...this.bound() });
  }

  logIn(): supertest.Test {
    return this.post('login', this.loginBody());
  }

  async offer(): Promise<Offer> {
    const { body } = await this.logIn();
    const opened = await decrypt(body.offer, this.parts.key);
    const keys = [publicHalf(this.whole.keyOf(body.municipality))];
    const offer = await verify(opened.ok ? opened.value : '', { typ: 'madoguchi-offer+jws', schema: offerSchema, keys });
    if (!offer.ok) throw new Error(`no offer: ${JSON.stringify(body)}`);
    return offer.value;
  }

  requestFor(offer: Offer, copies = 1): RequestStatement {
    const choice = {
      kind: 'resident-record' as const,
      scope: 'household' as const,
      members: offer.members.map((member) => member.id),
      relationship: true,
      domicile: false,
      myNumber: false,
    };
    return {
      purpose: 'Madoguchi request v1',
      request: randomUUID(),
      ...this.bound(),
      municipality: offer.municipality.code,
      choice,
      copies,
      feeYen: (offer.items[0]?.feeYen ?? 0) * copies,
      offer: offer.offer,
    };
  }

  async open(sealed: string, statement: RequestStatement): Promise<Bundle> {
    const opened = await decrypt(sealed, this.parts.key);
    const bundle = parseJson(opened.ok ? opened.value : '', bundleSchema);
    if (!bundle.ok) throw new Error(bundle.error.detail);
    const keys = [publicHalf(this.whole.keyOf(statement.municipality))];
    const manifest = await verify(bundle.value.manifest, { typ: 'madoguchi-manifest+jws', schema: manifestSchema, keys });
    if (!manifest.ok) throw new Error(manifest.error.detail);
    return { manifest: manifest.value, pdfs: bundle.value.pdfs.map((pdf) => Buffer.from(pdf, 'base64')) };
  }

  /** With a municipality, as a kiosk says it; without, as one of an older program. */
  async tell(request: string, copies: readonly CopyOutcome[], municipality?: string): Promise<supertest.Response> {
    const named = municipality === undefined ? {} : { municipality };
    const payload = { request, session: this.parts.opened.session, kiosk, ...named, copies, time: now() };
    const outcome = await sign('madoguchi-outcome+jws', payload, this.whole.kioskKey);
    return this.whole.http.put(`/v1/requests/${request}/outcome`).send({ outcome });
  }

  signed(statement: object): SignedStatement {
    const { authenticationKey, authenticationCertificate: certificate } = this.parts.card;
    const key = createPrivateKey({ key: Buffer.from(authenticationKey, 'base64'), format: 'der', type: 'pkcs8' });
    const text = canonicalJson(statement);
    return { statement: text, signature: signBytes('sha256', Buffer.from(text), key).toString('base64'), certificate };
  }

  private bound(): Pick<RequestStatement, 'kiosk' | 'session' | 'nonce' | 'sessionPublicKey' | 'time'> {
    const { session, nonce } = this.parts.opened;
    return { kiosk, session, nonce, sessionPublicKey: publicHalf(this.parts.key), time: now() };
  }
}
