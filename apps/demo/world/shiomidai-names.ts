// 窓口県汐見台市: names and dates that go wrong elsewhere (issuance §9, §10). Variation
// selectors are written as escapes, because an editor shows nothing of them.
import type { Resident } from '#libs/contract/register.js';
import { household, lotOf, type Person } from './person.js';

const home = (number: string): { readonly number: string; readonly address: string } => ({
  number,
  address: `窓口県汐見台市灯台町${lotOf(number)}番地`,
});
const family = (head: string): { readonly domicile: string; readonly head: string } => ({
  domicile: '窓口県汐見台市灯台町１番地',
  head,
});

function alone(number: string, person: Omit<Person, 'relationship'>): readonly Resident[] {
  return household({ ...home(number), family: family(person.name) }, [{ ...person, relationship: '世帯主' }]);
}

type Foreign = NonNullable<Resident['foreign']>;

const stay: Omit<Foreign, 'nationality'> = {
  category: '中長期在留者',
  residenceStatus: '技術・人文知識・国際業務',
  periodOfStay: '５年',
  periodExpiresOn: '2035-03-31',
  cardNumber: 'ZZ00000001ZZ',
  alias: null,
};

type Told = Pick<Foreign, 'nationality'> & Partial<Foreign>;

function foreign(number: string, person: Omit<Person, 'relationship' | 'reading'>, told: Told): readonly Resident[] {
  return household({ ...home(number), from: '国外' }, [
    { ...person, reading: null, relationship: '世帯主', changes: { foreign: { ...stay, ...told } } },
  ]);
}

export const names: readonly Resident[] = [
  // 葛 + E0102, 辻 + E0103, 邉 + E0110: registered in the font.
  ...alone('201', { name: '葛\u{E0102}辻\u{E0103}　邉\u{E0110}子', reading: 'かつつじ　なべこ', born: '1990-10-01', sex: '女' }),
  // U+20BB7, Extension B.
  ...alone('202', { name: '\u{20BB7}見本　\u{2000B}一', reading: 'よしみほん　じょういち', born: '1966-06-06', sex: '男' }),
  // U+FA19 and U+FA11 are compatibility ideographs: a normalised copy would be another character.
  ...alone('203', { name: '\u{FA19}\u{FA11}　見本', reading: 'かみざき　みほん', born: '1972-02-29', sex: '男' }),
  ...foreign(
    '204',
    { name: 'MIHON MADOGUCHI ALEXANDROS CONSTANTINE MAXIMILIAN BARTHOLOMEW SHIOMIDAI', born: '1993-12-31', sex: '男' },
    { nationality: '架空国' },
  ),
  ...foreign(
    '205',
    { name: 'KAKUU MARIA', born: '1987-07-17', sex: '女' },
    { nationality: '見本国', alias: '架空　まり', cardNumber: 'ZZ00000002ZZ' },
  ),
  ...alone('206', {
    name: '新姓　旧子',
    reading: 'しんせい　きゅうこ',
    born: '1985-11-11',
    sex: '女',
    changes: { formerName: '\u{2E7BD}旧姓', formerNameReading: 'わたりきゅうせい' },
  }),
  ...alone('207', { name: '不詳　日向', reading: 'ふしょう　ひなた', born: '1944-99-99', sex: '男' }),
  ...alone('208', { name: '元年　平子', reading: 'がんねん　ひらこ', born: '1989-01-08', sex: '女' }),
  // No glyph in the font: U+30EDE, Extension G.
  ...alone('209', { name: '\u{30EDE}　見本', reading: 'びゃん　みほん', born: '1995-05-15', sex: '男' }),
  // 葛 + E0100 is a sequence of another collection: the font would silently draw another 葛.
  ...alone('210', { name: '葛\u{E0100}　例子', reading: 'かつ　れいこ', born: '1991-01-19', sex: '女' }),
  // Longer than two lines of the smallest size: what cannot be drawn whole is not drawn.
  ...alone('211', { name: `長名　${'寿限無'.repeat(30)}`, reading: 'ちょうめい', born: '1960-03-03', sex: '男' }),
  // Longer than the register's own limit.
  ...alone('212', { name: `超長　${'五劫擦切'.repeat(26)}`, reading: 'ちょうちょう', born: '1961-03-03', sex: '女' }),
];
