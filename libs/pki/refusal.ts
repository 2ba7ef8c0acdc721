// Why a verdict is not "good": one table of everything that libs/pki can refuse, with
// the main indication and sub-indication of ETSI EN 319 102-1 (clause 5.1.3) and the
// sentence for the citizen.
//
// A signature of ours answers a nonce that is seconds old, so the time of signing is
// known to be now: an expired or revoked certificate is TOTAL-FAILED, not "no proof of
// existence".

import { err, type Result } from '#libs/std/result.js';

export type RefusalCode =
  | 'certificate-malformed'
  | 'certificate-outside-profile'
  | 'certificate-wrong-purpose'
  | 'certificate-weak-key'
  | 'issuer-unknown'
  | 'issuer-not-valid'
  | 'certificate-not-yet-valid'
  | 'certificate-expired'
  | 'signature-wrong'
  | 'certificate-revoked'
  | 'certificate-unknown'
  | 'revocation-unknown'
  | 'trust-anchor-refused';

export type Refusal = {
  readonly code: RefusalCode;
  readonly indication: 'TOTAL-FAILED' | 'INDETERMINATE';
  /** ETSI EN 319 102-1 */
  readonly subIndication: string;
  /** Japanese, for the citizen. */
  readonly sentence: string;
  /** Kebab-case, for logs and engineers: which rule it was. Holds no data of the card. */
  readonly reason: string;
};

type Row = Omit<Refusal, 'code' | 'reason'>;

const cannotRead = 'このカードの電子証明書を確かめられませんでした。お手数ですが、お住まいの市区町村の窓口でご確認ください。';
const notNow = 'ただいま電子証明書が有効かどうかを確認できません。しばらくしてからもう一度お試しください。';

export const refusals: Readonly<Record<RefusalCode, Row>> = {
  'certificate-malformed': { indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE', sentence: cannotRead },
  'certificate-outside-profile': { indication: 'INDETERMINATE', subIndication: 'CHAIN_CONSTRAINTS_FAILURE', sentence: cannotRead },
  'certificate-wrong-purpose': {
    indication: 'INDETERMINATE',
    subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
    sentence: 'この端末では利用者証明用電子証明書をお使いください。このカードの電子証明書は、別の用途のものです。',
  },
  'certificate-weak-key': { indication: 'INDETERMINATE', subIndication: 'CRYPTO_CONSTRAINTS_FAILURE', sentence: cannotRead },
  'issuer-unknown': {
    indication: 'INDETERMINATE',
    subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    sentence: 'このカードの電子証明書は、公的個人認証サービスが発行したものと確認できませんでした。',
  },
  'issuer-not-valid': { indication: 'INDETERMINATE', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND', sentence: notNow },
  'certificate-not-yet-valid': {
    indication: 'TOTAL-FAILED',
    subIndication: 'NOT_YET_VALID',
    sentence: 'このカードの電子証明書は、まだ有効期間が始まっていません。',
  },
  'certificate-expired': {
    indication: 'TOTAL-FAILED',
    subIndication: 'EXPIRED',
    sentence: 'このカードの電子証明書は有効期限が切れています。お住まいの市区町村の窓口で更新してください。',
  },
  'signature-wrong': {
    indication: 'TOTAL-FAILED',
    subIndication: 'SIG_CRYPTO_FAILURE',
    sentence: 'カードの署名を確認できませんでした。はじめからやり直してください。',
  },
  'certificate-revoked': {
    indication: 'TOTAL-FAILED',
    subIndication: 'REVOKED',
    sentence: 'このカードの電子証明書は失効しています。お住まいの市区町村の窓口でご確認ください。',
  },
  'certificate-unknown': {
    indication: 'INDETERMINATE',
    subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    sentence: 'このカードの電子証明書は、発行元に登録が確認できませんでした。お住まいの市区町村の窓口でご確認ください。',
  },
  'revocation-unknown': { indication: 'INDETERMINATE', subIndication: 'TRY_LATER', sentence: notNow },
  'trust-anchor-refused': {
    indication: 'INDETERMINATE',
    subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
    sentence: 'ただいま本人確認の準備ができていません。係員にお知らせください。',
  },
};

export function refusal(code: RefusalCode, reason: string): Refusal {
  return { code, ...refusals[code], reason };
}

/** The citizen hears one sentence; the reason is for whoever keeps the line to JPKI. */
export function cannotTell(reason: string): Result<never, Refusal> {
  return err(refusal('revocation-unknown', reason));
}
