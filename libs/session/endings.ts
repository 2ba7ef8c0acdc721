// What a citizen reads when a visit ends early: what happened, and what to do next. What
// became of the money is said beside it, from the charge's own record (money.ts). Of a slip is
// spoken only where there is one.
import type { SlipState } from './state.js';

export type EndingWords = { readonly sentence: string; readonly next: string };

/** The next step, by what became of the numbered slip. */
type NextStep = Readonly<Record<SlipState, string>>;
type Entry = { readonly sentence: string; readonly next: string | NextStep };

const again = '画面が最初に戻りましたら、もう一度はじめからお試しください。';
const staff: NextStep = {
  none: 'お手数ですが、係員にお声がけください。',
  asked: '控えを持って係員にお声がけください。',
  missing: '画面の控えの番号を、係員にお知らせください。',
};
const sheetsAndStaff = (taking: string): NextStep => ({
  none: `${taking}、係員にお声がけください。`,
  asked: `${taking}、${staff.asked}`,
  missing: `${taking}、${staff.missing}`,
});
const counter = 'お住まいの市区町村の窓口でお手続きください。';
const later = 'しばらくしてからお試しいただくか、市区町村の窓口をご利用ください。';

const words: Readonly<Record<string, Entry>> = {
  // the My Number Card
  'not-my-number-card': {
    sentence: 'マイナンバーカードではないカードが置かれています。',
    next: 'マイナンバーカードを置いて、もう一度お試しください。',
  },
  'juki-card': { sentence: '住民基本台帳カードは、この端末ではご利用いただけません。', next: 'マイナンバーカードをご用意ください。' },
  phone: { sentence: 'スマートフォンは、この端末ではご利用いただけません。', next: 'マイナンバーカードを置いてください。' },
  'no-certificate': { sentence: 'このカードには、利用者証明用電子証明書が入っていません。', next: counter },
  'card-unreadable': { sentence: 'カードを読み取れませんでした。', next: 'カードを一度取り出し、もう一度置いてください。' },
  'card-pulled': { sentence: 'カードが途中で抜かれたため、手続きを終了しました。', next: again },
  'card-left': { sentence: 'カードが取り出されなかったため、手続きを終了しました。', next: staff },
  'reader-unavailable': { sentence: 'カード読み取り装置が使えなくなりました。', next: staff },
  'pin-blocked': {
    sentence: '暗証番号を3回続けてまちがえたため、カードがロックされています。',
    next: 'お住まいの市区町村の窓口で、暗証番号の再設定をしてください。',
  },
  // the person
  stopped: { sentence: '手続きを取りやめました。', next: 'またのご利用をお待ちしております。' },
  'nobody-there': { sentence: '操作がなかったため、手続きを終了しました。', next: again },
  // center, municipality
  'center-unreachable': { sentence: 'ただいま証明書交付センターに接続できません。', next: later },
  'clock-apart': { sentence: '端末の時刻が合っていないため、ご利用いただけません。', next: staff },
  'issuance-stopped': { sentence: 'ただいま証明書の交付を停止しています。', next: later },
  'municipality-unreachable': { sentence: 'ただいま市区町村の証明発行サーバに接続できません。', next: later },
  'offer-expired': { sentence: '手続きの有効時間が過ぎました。', next: again },
  'go-to-counter': {
    sentence: 'この証明書は、この端末ではお出しできません。お手数ですが、お住まいの市区町村の窓口へお越しください。',
    next: counter,
  },
  'answer-not-ours': { sentence: '受け取った証明書を確認できなかったため、印刷を取りやめました。', next: staff },
  // before the charge
  'printer-not-ready': { sentence: 'プリンターの準備ができていないため、印刷できません。', next: staff },
  'printer-out-of-paper': { sentence: 'プリンターの用紙が足りないため、印刷できません。', next: staff },
  'receipt-printer-not-ready': { sentence: '控えの用紙が切れているため、お取り扱いできません。', next: staff },
  'bank-not-ready': { sentence: 'ただいま銀行に接続できないため、手数料をお支払いいただけません。', next: later },
  'pin-pad-not-ready': { sentence: '暗証番号の入力装置が使えないため、手数料をお支払いいただけません。', next: staff },
  'reversals-waiting': { sentence: 'ただいまお取り扱いを停止しています。', next: staff },
  'manifest-expired': { sentence: '手続きの有効時間が過ぎました。', next: again },
  // the charge
  'cash-card-pulled': { sentence: 'キャッシュカードが途中で抜かれたため、手続きを終了しました。', next: again },
  'cash-card-left': { sentence: 'キャッシュカードが取り出されなかったため、手続きを終了しました。', next: staff },
  'bank-pin-cancelled': { sentence: 'キャッシュカードの暗証番号の入力が取り消されました。', next: again },
  'bank-pin-timed-out': { sentence: 'キャッシュカードの暗証番号の入力がありませんでした。', next: again },
  'bank-pin-wrong': { sentence: 'キャッシュカードの暗証番号がちがいます。', next: '暗証番号をお確かめください。' },
  'bank-pin-locked': {
    sentence: '暗証番号の誤りが続いたため、このキャッシュカードは使用できません。',
    next: '銀行の窓口にお申し出ください。',
  },
  'charge-declined': {
    sentence: '銀行でお取り扱いできませんでした。',
    next: 'はじめからやり直すと、別のキャッシュカードでお支払いいただけます。',
  },
  'charge-unknown': { sentence: '銀行から返事がないため、印刷を取りやめました。', next: staff },
  // the paper
  'not-printed': { sentence: '印刷できませんでした。', next: staff },
  'printed-in-part': {
    sentence: '一部の証明書だけを印刷しました。',
    next: sheetsAndStaff('出てきた紙をすべてお取りになり'),
  },
  'print-uncertain': {
    sentence: '印刷されたかどうかを機械では確認できません。',
    next: sheetsAndStaff('出てきた紙があればお取りになり'),
  },
  // the kiosk
  'restarted-after-print': {
    sentence: '端末が途中で止まりましたが、印刷は終わっています。',
    next: '出てきた紙をすべてお取りください。',
  },
  'kiosk-restarted': {
    sentence: '端末が途中で止まったため、手続きを終了しました。',
    next: '画面の控えの番号を、係員にお知らせください。',
  },
  starting: { sentence: 'ただいま準備しています。', next: '' },
  'devices-not-ready': { sentence: 'ただいまご利用いただけません。', next: staff },
  recovering: { sentence: '前の手続きを確認しています。', next: 'しばらくお待ちください。' },
  internal: { sentence: '端末の不具合のため、手続きを終了しました。', next: staff },
};

const unknownWords: Entry = { sentence: '手続きを続けられませんでした。', next: staff };

/** The other side's sentence already says what to do; nothing that we add may contradict it. */
const besideTheirs = 'ご不明な点は、係員にお声がけください。';

/** `sentence` of the other side (a problem's detail, a bank's word) goes before our own. */
export function wordsOf(ending: { readonly code: string; readonly sentence: string | null }, slip: SlipState = 'none'): EndingWords {
  const own = words[ending.code];
  if (ending.sentence !== null) return { sentence: ending.sentence, next: nextOf(own?.next ?? besideTheirs, slip) };
  const { sentence, next } = own ?? unknownWords;
  return { sentence, next: nextOf(next, slip) };
}

function nextOf(next: Entry['next'], slip: SlipState): string {
  return typeof next === 'string' ? next : next[slip];
}

export const endingCodes: readonly string[] = Object.keys(words);
