// By which facts the center judges: those of libs/pki, and in their place what the
// configuration corrects of the unverified ones. Made once, at the start and by the doctor.
import { ocspResponderProfile, userAuthenticationProfile, type CertificateProfile } from '#libs/pki/certificate-profile.js';
import { defaultOcspPolicy, type OcspPolicy } from '#libs/pki/ocsp.js';
import { corrected } from '#libs/pki/profile-correction.js';
import type { Configuration } from '../configuration.js';

export function profileOf({ certificateProfile }: Configuration): CertificateProfile {
  return corrected(userAuthenticationProfile, certificateProfile);
}

export function ocspPolicyOf({ ocsp }: Configuration): OcspPolicy {
  const { nocheck, ...correction } = ocsp.responder;
  return {
    ...defaultOcspPolicy,
    nonce: ocsp.nonce,
    certIdHash: ocsp.certIdHash,
    responderNocheck: nocheck,
    responderProfile: corrected(ocspResponderProfile, correction),
  };
}
