// Everything that the center refuses, as values: code, status and the one sentence that
// a citizen may see. They become problem details at the edge only.
import { goToCounter } from '#libs/contract/center.js';
import type { Problem } from '#libs/contract/problem.js';
import type { Refusal } from '#libs/pki/refusal.js';

export type Refused = {
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
  /** The same call cannot end otherwise: the answer is stored and repeated. */
  readonly isFinal: boolean;
};

const again = 'お手数ですが、はじめからやり直してください。';
const later = 'しばらくしてからもう一度お試しください。';

const table = {
  'kiosk-unknown': [401, 'この端末は登録されていません。係員にお知らせください。'],
  'session-unknown': [401, `この手続きは見つかりません。${again}`],
  'session-expired': [410, `手続きの有効時間が過ぎました。${again}`],
  'session-ended': [409, `この手続きは終了しています。${again}`],
  'session-conflict': [409, `同じ番号の手続きがすでにあります。${again}`],
  'clock-apart': [422, '端末の時刻が合っていないため、ご利用いただけません。係員にお知らせください。'],
  'statement-malformed': [400, `送信された内容の形式が正しくありません。${again}`],
  'statement-mismatch': [422, `送信された内容がこの手続きのものではありません。${again}`],
  'login-used': [409, `この手続きでは本人確認がすでに行われています。${again}`],
  'not-logged-in': [409, `本人確認がまだ行われていません。${again}`],
  'request-conflict': [409, `この手続きでは別の申請がすでに行われています。${again}`],
  'other-card': [422, `本人確認のときと違うカードです。${again}`],
  superseded: [409, `この手続きは別の呼び出しに引き継がれました。${again}`],
  'card-not-linked': [
    422,
    'お住まいの市区町村がこのサービスに参加していないか、カードの交付・更新を受けたばかりのため、ご利用いただけません。交付・更新を受けたカードは、翌日からご利用いただけます。お急ぎのときは、お住まいの市区町村の窓口へお越しください。',
  ],
  'municipality-unknown': [422, 'この市区町村の証明書は、この端末ではお取り扱いしていません。'],
  'municipality-unreachable': [502, `ただいま市区町村の証明発行サーバに接続できません。${later}`],
  'request-unknown': [404, 'お探しの申請は見つかりませんでした。'],
  'outcome-malformed': [400, '送信された内容の形式が正しくありません。'],
  'outcome-conflict': [409, 'この申請の結果は、すでに届いています。'],
  'card-links-refused': [401, '送信元の市区町村を確認できませんでした。'],
  'card-links-out-of-order': [409, 'より新しい内容がすでに届いています。'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusedCode = keyof typeof table;

/** A crash or a lost line in between may be repeated; what the content itself says may not. */
const transient: readonly string[] = ['municipality-unreachable', 'revocation-unknown', 'superseded', 'card-not-linked'];

export function refused(code: RefusedCode): Refused {
  const [status, sentence] = table[code];
  return { status, code, sentence, isFinal: !transient.includes(code) };
}

/** What libs/pki said about the card. "Cannot tell" is our trouble, not the citizen's. */
export function cardRefused(refusal: Refusal): Refused {
  const isOurs = refusal.code === 'revocation-unknown' || refusal.code === 'issuer-not-valid';
  return { status: isOurs ? 503 : 422, code: refusal.code, sentence: refusal.sentence, isFinal: !isOurs };
}

/** The one answer to everything that comes from a register. */
export const refusedToCounter: Refused = {
  status: goToCounter.status,
  code: goToCounter.code,
  sentence: goToCounter.detail,
  isFinal: true,
};

/** The municipality's own word, already known to be one that may be passed on. */
export function passedOn(problem: Problem): Refused {
  if (problem.code === goToCounter.code) return refusedToCounter;
  const isFinal = problem.status < 500 && !transient.includes(problem.code);
  return { status: problem.status, code: problem.code, sentence: problem.detail, isFinal };
}
