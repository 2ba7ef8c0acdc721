// Citizens whose story is their entry in the register: households, names, exclusions.
import { counter, type Line } from './story-line.js';

export const registerStories: readonly Line[] = [
  // households
  { id: 'hitori-gurashi', of: '910101', story: 'Lives alone; one page.', ja: 'ひとり暮らし。１枚。' },
  { id: 'yonin-kazoku', of: '910201', story: 'Heads a household of four; one full page.', ja: '４人世帯の世帯主。１枚にちょうど収まる。' },
  { id: 'juroku-sai', of: '910203', story: 'Is sixteen and asks with her own card.', ja: '１６歳。自分のカードで請求する。' },
  { id: 'gonin-kazoku', of: '910301', story: 'Heads a household of five; two pages.', ja: '５人世帯の世帯主。２枚になる。' },
  { id: 'kyunin-kazoku', of: '910401', story: 'Heads a household of nine; three pages.', ja: '９人世帯の世帯主。３枚になる。' },
  {
    id: 'shien-no-kazoku',
    of: '910501',
    story: 'Shares a household with somebody who may not be shown; is offered himself alone.',
    ja: '世帯に表示できない人がいる。本人の分だけ選べる。',
  },
  // names and dates
  { id: 'itaiji', of: '920101', story: 'Has three variation sequences in her name.', ja: '氏名に異体字（IVS）が３つある。' },
  { id: 'kakucho-b', of: '920201', story: 'Has two Extension B characters in his name.', ja: '氏名に拡張漢字Ｂがある。' },
  {
    id: 'gokan-kanji',
    of: '920301',
    story: 'Has compatibility ideographs in the name, born on 29 February.',
    ja: '氏名に互換漢字がある。２月２９日生まれ。',
  },
  { id: 'nagai-namae', of: '920401', story: 'Is a foreign resident with a very long name.', ja: '外国人住民。氏名がとても長い。' },
  { id: 'tsusho', of: '920501', story: 'Is a foreign resident with a common name.', ja: '外国人住民。通称がある。' },
  { id: 'kyu-uji', of: '920601', story: 'Has a former family name on the record.', ja: '旧氏が併記されている。' },
  { id: 'seinengappi-fusho', of: '920701', story: 'Was born in 1944, month and day unknown.', ja: '生年月日の月日が不詳。' },
  { id: 'gannen-umare', of: '920801', story: 'Was born on the first day of Heisei.', ja: '平成元年１月８日生まれ。' },
  { id: 'ji-ga-nai', of: '920901', story: 'Has a character that the font lacks.', ja: '氏名に書体にない文字がある。', ends: counter },
  {
    id: 'mitoroku-itaiji',
    of: '921001',
    story: 'Has a variation sequence that the font does not know.',
    ja: '氏名に未登録の異体字がある。',
    ends: counter,
  },
  {
    id: 'hairanai-namae',
    of: '921101',
    story: 'Has a name that does not fit its place even at the smallest size.',
    ja: '氏名が欄に収まらない。',
    ends: counter,
  },
  {
    id: 'nagasugiru-namae',
    of: '921201',
    story: "Has a name longer than the register's limit.",
    ja: '氏名が台帳の文字数を超える。',
    ends: counter,
  },
  // exclusions
  { id: 'tenshutsu-zumi', of: '930101', story: 'Has moved out.', ja: '転出した人。', ends: counter },
  { id: 'tenshutsu-yotei', of: '930201', story: 'Has said that he is moving out.', ja: '転出予定の人。', ends: counter },
  {
    id: 'tenshutsu-kazoku',
    of: '930202',
    story: 'Lives with somebody who is moving out, where that blocks the household.',
    ja: '転出予定者の世帯員（世帯ごと停止）。',
    ends: counter,
  },
  { id: 'shien-sochi', of: '930301', story: 'Is under protection.', ja: '支援措置を受けている人。', ends: counter },
  { id: 'shibo', of: '930401', story: 'Has died; somebody else holds the card.', ja: '亡くなった人のカード。', ends: counter },
  { id: 'gaiji-torokuchu', of: '930501', story: 'Has a character that is still being registered.', ja: '外字登録中の人。', ends: counter },
  { id: 'kyo-tennyu', of: '930601', story: 'Has moved in today.', ja: '今日転入した人。', ends: counter },
  { id: 'jugo-sai-miman', of: '930702', story: 'Is a child under fifteen.', ja: '１５歳未満の子。', ends: counter },
  {
    id: 'zairyu-kigen-gire',
    of: '930801',
    story: 'Is a foreign resident whose period of stay has run out.',
    ja: '在留期間が満了した外国人住民。',
    ends: counter,
  },
  {
    id: 'seinen-fusho',
    of: '930901',
    story: 'Was born on an unknown day of an unknown year.',
    ja: '生年月日がすべて不詳。',
    ends: counter,
  },
  // Aomine
  {
    id: 'aomine-hitori',
    of: '950101',
    story: 'Lives alone in Aomine, where My Number is never printed.',
    ja: '青嶺市のひとり暮らし。個人番号は選べない。',
  },
  { id: 'aomine-futari', of: '950201', story: 'Heads a household of two in Aomine.', ja: '青嶺市の２人世帯の世帯主。' },
  {
    id: 'aomine-tenshutsu-kazoku',
    of: '950302',
    story: 'Lives with somebody who is moving out, where that does not block the household.',
    ja: '青嶺市の転出予定者の世帯員。本人の分だけ選べる。',
  },
  { id: 'aomine-shien', of: '950401', story: 'Is under protection in Aomine.', ja: '青嶺市の支援措置を受けている人。', ends: counter },
];
