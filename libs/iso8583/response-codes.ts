// DE39 (ISO 8583:1987, two characters): what the host says, and the sentence for the
// citizen. Every sentence also says whether money was taken: in this profile an answer
// other than 00 to a 0200 has posted nothing.

export type ResponseCode = { readonly meaning: string; readonly sentence: string };

const notCharged = '料金は引き落とされていません。';
const code = (meaning: string, sentence: string): ResponseCode => ({ meaning, sentence: `${sentence}${notCharged}` });

export const responseCodes: ReadonlyMap<string, ResponseCode> = new Map([
  ['00', { meaning: 'approved', sentence: 'お支払いを承りました。' }],
  ['05', code('do not honour', 'このカードではお支払いいただけません。')],
  ['12', code('invalid transaction', 'このお取引は取り扱いできません。')],
  ['13', code('invalid amount', '金額に誤りがあるため、お取引を中止しました。')],
  ['14', code('no such card', 'このカードはお取り扱いできません。')],
  ['25', code('original not found', '取消の対象となるお取引がありませんでした。')],
  ['30', code('format error', '銀行との通信に誤りがあるため、お取引を中止しました。')],
  ['41', code('lost card', 'このカードは使用できません。窓口にお申し出ください。')],
  ['43', code('stolen card', 'このカードは使用できません。窓口にお申し出ください。')],
  ['51', code('insufficient funds', '口座の残高が不足しています。')],
  ['54', code('expired card', 'カードの有効期限が切れています。')],
  ['55', code('incorrect PIN', 'キャッシュカードの暗証番号がちがいます。')],
  ['57', code('not permitted to cardholder', 'このカードではこのお取引をご利用いただけません。')],
  ['58', code('not permitted to terminal', 'この端末ではこのお取引をご利用いただけません。')],
  ['61', code('exceeds amount limit', 'ご利用限度額を超えています。')],
  ['62', code('restricted card', 'このカードはご利用が制限されています。')],
  ['65', code('exceeds frequency limit', 'ご利用回数の限度を超えています。')],
  ['68', code('answer received too late', '銀行からの応答が間に合いませんでした。')],
  ['75', code('PIN tries exceeded', '暗証番号の誤りが続いたため、このカードは使用できません。窓口にお申し出ください。')],
  ['90', code('cutover in progress', '銀行が日付の切り替え中です。しばらくしてからもう一度お試しください。')],
  ['91', code('issuer unavailable', '銀行のシステムに接続できません。しばらくしてからもう一度お試しください。')],
  ['94', code('duplicate transmission', '銀行との通信に誤りがあるため、お取引を中止しました。')],
  ['96', code('system malfunction', '銀行のシステムに障害が起きています。しばらくしてからもう一度お試しください。')],
  ['97', code('MAC check failed', '銀行との通信に誤りがあるため、お取引を中止しました。')],
]);

/** A code outside the table is still a refusal: the sentence of 05. */
export function sentenceOf(responseCode: string): string {
  return (responseCodes.get(responseCode) ?? responseCodes.get('05'))?.sentence ?? notCharged;
}

/** DE39 of 0420 and 0421, where it is the reason: 1987 has no message reason code. */
export const reversalReasons = {
  '17': 'customer cancelled',
  '21': 'no action taken: format error in the answer',
  '22': 'suspected malfunction: print failed',
  '68': 'answer received too late, or not at all',
} as const;
export type ReversalReason = keyof typeof reversalReasons;

export function isReversalReason(text: string): text is ReversalReason {
  return Object.hasOwn(reversalReasons, text);
}

/** 0430: 00 and 25 are final. 91, 96 and silence are tried again. Anything else is a case for a person. */
export function reversalVerdict(responseCode: string): 'final' | 'retry' | 'case' {
  if (responseCode === '00' || responseCode === '25') return 'final';
  return responseCode === '91' || responseCode === '96' ? 'retry' : 'case';
}
