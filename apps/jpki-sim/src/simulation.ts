// The parts of the simulated JPKI, put together once and given to both listeners.
import { CertificateAuthority, createCertificateAuthority, type Outside } from './certificate-authority.js';
import { CrlPublisher } from './crl-publisher.js';
import { FaultSwitch, OcspResponder } from './ocsp-responder.js';

/** Injection token. */
export const simulation = Symbol('simulation');

export type Line = { readonly ca: CertificateAuthority; readonly responder: OcspResponder; readonly publisher: CrlPublisher };

export type Simulation = {
  readonly authentication: Line;
  readonly signature: Line;
  readonly faults: FaultSwitch;
  readonly outside: Outside;
  /** In front of `/ocsp/…` in certificates; known once the public listener listens. */
  readonly ocspBaseUrl: () => string;
};

export async function createSimulation(outside: Outside, ocspBaseUrl: () => string): Promise<Simulation> {
  const faults = new FaultSwitch();
  const lineOf = (ca: CertificateAuthority): Line => ({
    ca,
    responder: new OcspResponder(ca, faults, outside.clock),
    publisher: new CrlPublisher(ca, outside.clock),
  });
  const [authentication, signature] = await Promise.all([
    createCertificateAuthority('user-authentication', outside),
    createCertificateAuthority('digital-signature', outside),
  ]);
  return { authentication: lineOf(authentication), signature: lineOf(signature), faults, outside, ocspBaseUrl };
}
