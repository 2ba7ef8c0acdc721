// What the outside is told of each refusal (RFC 9457).
import { goToCounter } from '#libs/contract/center.js';
import { httpProblem, type HttpProblem } from '#libs/contract/edge.js';
import type { Log } from '#libs/std/log.js';
import type { Result } from '#libs/std/result.js';
import { stoppedSentence } from '../issuance/offer.js';
import type { Refused, RefusedCode } from '../issuance/refused.js';

type Row = { readonly status: number; readonly detail: string };

const again = 'お手数ですが、はじめからやり直してください。';
const table: Readonly<Record<RefusedCode, Row>> = {
  'go-to-counter': { status: goToCounter.status, detail: goToCounter.detail },
  'bad-verdict': { status: 401, detail: '証明書交付センターの確認結果を検証できませんでした。' },
  'stale-verdict': { status: 401, detail: '証明書交付センターの確認結果が古いか、時刻が合っていません。' },
  'kiosk-unknown': { status: 401, detail: 'この端末は、この市区町村に登録されていません。係員にお知らせください。' },
  'malformed-statement': { status: 400, detail: `お申し込みの内容を確認できませんでした。${again}` },
  'card-refused': { status: 422, detail: 'このカードの電子証明書を確かめられませんでした。' },
  'revocation-unknown': {
    status: 503,
    detail: 'ただいまカードの電子証明書の状態を確認できません。料金はいただいていません。しばらくしてからお試しください。',
  },
  'offer-expired': { status: 409, detail: `手続きの有効時間が過ぎました。${again}` },
  closed: { status: 409, detail: 'ただいまは受付時間外です。' },
  'issuance-stopped': { status: 503, detail: stoppedSentence },
  'choice-not-offered': { status: 422, detail: `お選びになった内容ではお出しできません。${again}` },
  'request-conflict': { status: 409, detail: `このお申し込みは、すでに別の内容で受け付けられています。${again}` },
  'answer-erased': { status: 410, detail: `このお申し込みの証明書は、すでに消去されています。${again}` },
  'no-register': { status: 503, detail: stoppedSentence },
  'no-such-request': { status: 404, detail: 'お申し込みが見つかりませんでした。' },
  'bad-outcome': { status: 401, detail: '交付の結果を検証できませんでした。' },
  'outcome-conflict': { status: 409, detail: '交付の結果が、すでに記録された内容と異なります。' },
};

/** The value, or the problem to throw. Only here does a refusal become an exception. */
export function orProblem<T>(result: Result<T, Refused>, log: Log): T {
  if (result.ok) return result.value;
  if ('detail' in result.error) log.warn(result.error.code, { detail: result.error.detail });
  throw toProblem(result.error);
}

function toProblem(error: Refused): HttpProblem {
  const { status, detail } = table[error.code];
  // The verdict of libs/pki has codes and sentences of its own, and they come from the card, not from a register.
  if (error.code === 'card-refused') return httpProblem(status, error.refusal.code, error.refusal.sentence);
  return httpProblem(status, error.code, 'sentence' in error ? error.sentence : detail);
}
