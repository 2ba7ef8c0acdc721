// DE39 (ISO 8583:1987, two characters): what the host says, and the sentence for the
// citizen. In this profile an answer other than 00 to a 0200 has posted nothing; what became
// of the money says the screen, once (libs/ui/money-sentence.ts).

export type ResponseCode = { readonly meaning: string; readonly sentence: string };

const doNotHonour: ResponseCode = { meaning: 'do not honour', sentence: 'このカードではお支払いいただけません。' };

export const responseCodes: ReadonlyMap<string, ResponseCode> = new Map([
  ['00', { meaning: 'approved', sentence: 'お支払いを承りました。' }],
  ['05', doNotHonour],
  ['12', { meaning: 'invalid transaction', sentence: 'このお取引は取り扱いできません。' }],
  ['13', { meaning: 'invalid amount', sentence: '金額に誤りがあるため、お取引を中止しました。' }],
  ['14', { meaning: 'no such card', sentence: 'このカードはお取り扱いできません。' }],
  ['25', { meaning: 'original not found', sentence: '取消の対象となるお取引がありませんでした。' }],
  ['30', { meaning: 'format error', sentence: '銀行との通信に誤りがあるため、お取引を中止しました。' }],
  ['41', { meaning: 'lost card', sentence: 'このカードは使用できません。窓口にお申し出ください。' }],
  ['43', { meaning: 'stolen card', sentence: 'このカードは使用できません。窓口にお申し出ください。' }],
  ['51', { meaning: 'insufficient funds', sentence: '口座の残高が不足しています。' }],
  ['54', { meaning: 'expired card', sentence: 'カードの有効期限が切れています。' }],
  ['55', { meaning: 'incorrect PIN', sentence: 'キャッシュカードの暗証番号がちがいます。' }],
  ['57', { meaning: 'not permitted to cardholder', sentence: 'このカードではこのお取引をご利用いただけません。' }],
  ['58', { meaning: 'not permitted to terminal', sentence: 'この端末ではこのお取引をご利用いただけません。' }],
  ['61', { meaning: 'exceeds amount limit', sentence: 'ご利用限度額を超えています。' }],
  ['62', { meaning: 'restricted card', sentence: 'このカードはご利用が制限されています。' }],
  ['65', { meaning: 'exceeds frequency limit', sentence: 'ご利用回数の限度を超えています。' }],
  ['68', { meaning: 'answer received too late', sentence: '銀行からの応答が間に合いませんでした。' }],
  ['75', { meaning: 'PIN tries exceeded', sentence: '暗証番号の誤りが続いたため、このカードは使用できません。窓口にお申し出ください。' }],
  ['90', { meaning: 'cutover in progress', sentence: '銀行が日付の切り替え中です。しばらくしてからもう一度お試しください。' }],
  ['91', { meaning: 'issuer unavailable', sentence: '銀行のシステムに接続できません。しばらくしてからもう一度お試しください。' }],
  ['94', { meaning: 'duplicate transmission', sentence: '銀行との通信に誤りがあるため、お取引を中止しました。' }],
  ['96', { meaning: 'system malfunction', sentence: '銀行のシステムに障害が起きています。しばらくしてからもう一度お試しください。' }],
  ['97', { meaning: 'MAC check failed', sentence: '銀行との通信に誤りがあるため、お取引を中止しました。' }],
]);

/** A code outside the table is still a refusal: the sentence of 05. */
export function sentenceOf(responseCode: string): string {
  const { sentence } = responseCodes.get(responseCode) ?? doNotHonour;
  return sentence;
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
