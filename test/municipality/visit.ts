// A visit as the municipality sees it: what the card signs, what the center says about it,
// and what the kiosk reads from the answers.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import supertest, { type Response } from 'supertest';
import type { EcPrivateJwk } from '#libs/contract/base.js';
import type { CopyOutcome } from '#libs/contract/center.js';
import { bundleSchema, manifestSchema, type Manifest } from '#libs/contract/manifest.js';
import type { CenterVerdict } from '#libs/contract/municipality.js';
import { offerSchema, type Offer } from '#libs/contract/offer.js';
import { decrypt, parseJson, publicHalf, sign, verify } from '#libs/contract/sealed.js';
import type { CertificateChoice, LoginStatement, RequestStatement, SignedStatement } from '#libs/contract/statements.js';
import { signStatement, type Card } from './cards.js';
import { makeKey } from './keys.js';
import { centerKey, kiosk, kioskKey, type Office } from './office.js';

export const center = 'center.test';
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

export type Opened = { readonly manifest: Manifest; readonly pdfs: readonly Buffer[] };
export type Forwarded = { readonly signed: SignedStatement; readonly verdict: string; readonly evidence: string | null };

/** `municipality`: whose certificate the word names; absent, none. */
type By = { readonly kiosk?: string; readonly key?: EcPrivateJwk; readonly municipality?: string };

export class Visit {
  readonly session = randomUUID();
  readonly sessionKey = makeKey();
  private readonly nonce = randomBytes(24).toString('base64url');

  constructor(
    readonly office: Office,
    readonly card: Card,
  ) {}

  loginStatement(changes: Partial<LoginStatement> = {}): LoginStatement {
    return {
      purpose: 'Madoguchi login v1',
      center,
      kiosk,
      session: this.session,
      nonce: this.nonce,
      sessionPublicKey: publicHalf(this.sessionKey),
      time: this.office.now(),
      ...changes,
    };
  }

  requestStatement(offer: Offer, changes: Partial<RequestStatement> = {}): RequestStatement {
    const copies = changes.copies ?? 1;
    return {
      purpose: 'Madoguchi request v1',
      request: randomUUID(),
      session: this.session,
      nonce: this.nonce,
      kiosk,
      sessionPublicKey: publicHalf(this.sessionKey),
      municipality: this.office.register.municipality.code,
      choice: choiceOf(offer),
      copies,
      feeYen: (offer.items[0]?.feeYen ?? 0) * copies,
      offer: offer.offer,
      time: this.office.now(),
      ...changes,
    };
  }

  /** What the center sends: the statement as signed by the card, its own verdict, the OCSP response. */
  async forward(
    statement: LoginStatement | RequestStatement,
    changes: {
      readonly verdict?: Partial<CenterVerdict>;
      readonly key?: EcPrivateJwk;
      readonly signed?: SignedStatement;
      readonly evidence?: string | null;
    } = {},
  ): Promise<Forwarded> {
    const signed = changes.signed ?? signStatement(this.card, statement);
    const evidence = changes.evidence === undefined ? Buffer.from('an OCSP response').toString('base64') : changes.evidence;
    const verdict: CenterVerdict = {
      center,
      municipality: this.office.register.municipality.code,
      kiosk: statement.kiosk,
      session: statement.session,
      request: 'request' in statement ? statement.request : null,
      statementSha256: sha256(signed.statement),
      certificateSha256: sha256(this.card.certificate),
      revocation: {
        source: 'ocsp',
        thisUpdate: this.office.now(),
        evidenceSha256: sha256(Buffer.from(evidence ?? '', 'base64')),
      },
      time: this.office.now(),
      ...changes.verdict,
    };
    return { signed, verdict: await sign('madoguchi-verdict+jws', verdict, changes.key ?? centerKey), evidence };
  }

  async postLogin(body: Forwarded): Promise<Response> {
    return supertest(this.office.url).post('/v1/logins').send(body);
  }

  async postRequest(body: Forwarded): Promise<Response> {
    return supertest(this.office.url).post('/v1/requests').send(body);
  }

  /** Logs in and reads the offer; throws with the problem's code where there is none. */
  async login(): Promise<Offer> {
    const response = await this.postLogin(await this.forward(this.loginStatement()));
    if (response.status !== 200) throw new Error(String(response.body.code));
    return this.readOffer(response);
  }

  async request(statement: RequestStatement): Promise<Response> {
    return this.postRequest(await this.forward(statement));
  }

  async readOffer(response: Response): Promise<Offer> {
    const jws = await decrypt(String(response.body.offer), this.sessionKey);
    if (!jws.ok) throw new Error(jws.error.code);
    const offer = await verify(jws.value, { typ: 'madoguchi-offer+jws', schema: offerSchema, keys: [publicHalf(this.office.key)] });
    if (!offer.ok) throw new Error(offer.error.code);
    return offer.value;
  }

  async open(response: Response): Promise<Opened> {
    const text = await decrypt(String(response.body.bundle), this.sessionKey);
    if (!text.ok) throw new Error(`${response.status} ${String(response.body.code)} ${text.error.code}`);
    const bundle = parseJson(text.value, bundleSchema);
    if (!bundle.ok) throw new Error(bundle.error.detail);
    const keys = [publicHalf(this.office.key)];
    const manifest = await verify(bundle.value.manifest, { typ: 'madoguchi-manifest+jws', schema: manifestSchema, keys });
    if (!manifest.ok) throw new Error(manifest.error.detail);
    return { manifest: manifest.value, pdfs: bundle.value.pdfs.map((pdf) => Buffer.from(pdf, 'base64')) };
  }

  async tell(opened: Opened, outcomes: readonly CopyOutcome['outcome'][], by: By = {}): Promise<Response> {
    const { request } = opened.manifest;
    const copies = opened.manifest.copies.slice(0, outcomes.length).map(({ copy, attempt, pdfSha256 }, index) => ({
      copy,
      attempt,
      pdfSha256,
      outcome: outcomes[index],
    }));
    return this.putOutcome({ request, copies }, by);
  }

  /** The kiosk's word that it never opened what came of this request. */
  async abandon(request: string, by: By = {}): Promise<Response> {
    return this.putOutcome({ request, copies: 'unopened' }, by);
  }

  private async putOutcome({ request, copies }: { readonly request: string; readonly copies: unknown }, by: By): Promise<Response> {
    const { municipality } = by;
    const named = municipality === undefined ? {} : { municipality };
    const payload = { request, session: this.session, kiosk: by.kiosk ?? kiosk, ...named, copies, time: this.office.now() };
    const outcome = await sign('madoguchi-outcome+jws', payload, by.key ?? kioskKey);
    return supertest(this.office.url).put(`/v1/requests/${request}/outcome`).send({ outcome });
  }
}

/** The first scope of the offer with everybody it lists, no optional items. */
export function choiceOf(offer: Offer, changes: Partial<CertificateChoice> = {}): CertificateChoice {
  return {
    kind: 'resident-record',
    scope: offer.items[0]?.scopes[0] ?? 'household',
    members: offer.members.map((member) => member.id),
    relationship: false,
    domicile: false,
    myNumber: false,
    ...changes,
  };
}
