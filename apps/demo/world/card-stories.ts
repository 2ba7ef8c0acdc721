// Citizens whose story is their card or their bank account.
import { counter, type Card, type Line } from './story-line.js';
import { aomineCode, shiomidaiCode } from './registers.js';

const linkedTomorrow = (municipality: string, residentNumber: string): Card => ({
  links: [{ municipality, residentNumber, usableFrom: 'tomorrow' }],
});
const linkedTwice: Card = {
  links: [
    { municipality: shiomidaiCode, residentNumber: '940201', usableFrom: 'now' },
    { municipality: aomineCode, residentNumber: '950501', usableFrom: 'now' },
  ],
};

export const cardStories: readonly Line[] = [
  // cards
  {
    id: 'hakko-tojitsu',
    of: '940101',
    story: 'Got the card today; it can be used from tomorrow.',
    ja: '今日交付されたカード。明日から使える。',
    ends: 'card-not-linked',
    card: linkedTomorrow(shiomidaiCode, '940101'),
  },
  {
    id: 'futatsu-no-shi',
    of: '940201',
    story: 'Holds a card that two municipalities claim.',
    ja: '２つの市に登録が残っているカード。',
    ends: counter,
    card: linkedTwice,
  },
  {
    id: 'sanka-shinai-mura',
    of: '960101',
    story: 'Lives in a municipality that takes no part.',
    ja: 'この事業に参加していない村の人。',
    ends: 'card-not-linked',
    card: { links: [] },
  },
  {
    id: 'kigen-gire',
    of: '940301',
    story: 'Holds a card whose certificate has expired.',
    ja: '電子証明書の有効期限が切れたカード。',
    ends: 'certificate-expired',
    card: { certificate: 'expired' },
  },
  {
    id: 'shikko',
    of: '940401',
    story: 'Holds a card whose certificate was revoked.',
    ja: '電子証明書が失効したカード。',
    ends: 'certificate-revoked',
    card: { certificate: 'revoked' },
  },
  {
    id: 'ichiji-teishi',
    of: '941501',
    story: 'Reported the card as lost and found it again: the certificate is suspended.',
    ja: '紛失を届け出て、電子証明書が一時停止中のカード。',
    ends: 'certificate-revoked',
    card: { certificate: 'suspended' },
  },
  {
    id: 'pin-lock',
    of: '940501',
    story: 'Holds a card whose PIN is blocked.',
    ja: '暗証番号がロックされたカード。',
    ends: 'pin-blocked',
    card: { triesLeft: 0 },
  },
  {
    id: 'ato-ikkai',
    of: '940601',
    story: 'Has one try left for the PIN, and types it right.',
    ja: '暗証番号をあと１回だけ試せるカード。',
    card: { triesLeft: 1 },
  },
  {
    id: 'juki-card',
    of: '940701',
    story: 'Puts in a Juki card.',
    ja: '住民基本台帳カードを置く人。',
    ends: 'juki-card',
    card: { variant: 'juki-card' },
  },
  {
    id: 'smaho',
    of: '940801',
    story: 'Puts a phone on the reader.',
    ja: 'スマートフォンを置く人。',
    ends: 'phone',
    card: { variant: 'android-phone' },
  },
  {
    id: 'shomeisho-nashi',
    of: '940901',
    story: 'Holds a card without a user-authentication certificate.',
    ja: '利用者証明用電子証明書のないカード。',
    ends: 'no-certificate',
    card: { variant: 'without-authentication-certificate' },
  },
  {
    id: 'kao-ninsho',
    of: '941001',
    story: 'Holds a card without a PIN (face authentication only).',
    ja: '顔認証マイナンバーカード（暗証番号なし）。',
    ends: 'pin-blocked',
    card: { variant: 'without-pin' },
  },
  {
    id: 'kigen-majika',
    of: '941401',
    story: 'Holds a card whose certificate ends within three months.',
    ja: '電子証明書の有効期限が近いカード。',
    card: { certificate: 'expires-soon' },
  },
  {
    id: 'bango-machigai',
    of: '941601',
    story: 'Types the wrong PIN of the My Number Card three times.',
    ja: 'マイナンバーカードの暗証番号を３回まちがえる人。',
    ends: 'pin-blocked',
    typedPin: '0000',
  },
  // money
  {
    id: 'zandaka-busoku',
    of: '941101',
    story: 'Has 299 yen on the account, one less than the fee.',
    ja: '口座の残高が手数料に１円足りない。',
    ends: 'charge-declined',
    bank: { balanceYen: 299 },
  },
  {
    id: 'zandaka-zero',
    of: '941301',
    story: 'Has nothing on the account.',
    ja: '口座の残高がない。',
    ends: 'charge-declined',
    bank: { balanceYen: 0 },
  },
  {
    id: 'bango-shitsunen',
    of: '941201',
    story: 'Does not remember the PIN of the cash card.',
    ja: 'キャッシュカードの暗証番号を忘れた人。',
    ends: 'bank-pin-locked',
    bank: { typedPin: '0000' },
  },
];
