// 窓口県汐見台市: households of one, four, five and nine, and what becomes of members who
// are withheld.
import type { Resident } from '#libs/contract/register.js';
import { household, noFlags } from './person.js';

const shiomi = (rest: string): string => `窓口県汐見台市潮見町${rest}`;

export const families: readonly Resident[] = [
  ...household(
    {
      number: '101',
      address: shiomi('一丁目２番３号'),
      building: '潮見ハイツ１０１',
      family: { domicile: '窓口県汐見台市潮見町一丁目２番', head: '見本　汐子' },
    },
    [{ name: '見本　汐子', reading: 'みほん　しおこ', born: '1988-06-15', sex: '女', relationship: '世帯主' }],
  ),
  ...household(
    { number: '102', address: shiomi('二丁目５番１号'), family: { domicile: '窓口県汐見台市潮見町二丁目５番', head: '架空　海斗' } },
    [
      { name: '架空　海斗', reading: 'かくう　かいと', born: '1979-11-03', sex: '男', relationship: '世帯主' },
      { name: '架空　波江', reading: 'かくう　なみえ', born: '1981-02-20', sex: '女', relationship: '妻' },
      { name: '架空　凪', reading: 'かくう　なぎ', born: '2010-08-09', sex: '女', relationship: '子' },
      { name: '架空　岬', reading: 'かくう　みさき', born: '2019-05-01', sex: '男', relationship: '子' },
    ],
  ),
  ...household(
    {
      number: '103',
      address: shiomi('三丁目７番８号'),
      family: { domicile: '窓口県汐見台市浜町９番地', head: '例示　灯' },
      since: '1998-09-01',
    },
    [
      { name: '例示　灯', reading: 'れいじ　あかり', born: '1956-12-24', sex: '女', relationship: '世帯主' },
      { name: '例示　航', reading: 'れいじ　わたる', born: '1984-07-07', sex: '男', relationship: '子' },
      { name: '例示　帆', reading: 'れいじ　はん', born: '1985-01-30', sex: '女', relationship: '子の妻' },
      { name: '例示　湊', reading: 'れいじ　みなと', born: '2013-03-31', sex: '男', relationship: '子の子' },
      { name: '例示　澪', reading: 'れいじ　みお', born: '2016-10-10', sex: '女', relationship: '子の子' },
    ],
  ),
  ...household(
    { number: '104', address: '窓口県汐見台市浜町１１番地', family: { domicile: '窓口県汐見台市浜町１１番地', head: '試作　舵一' } },
    [
      { name: '試作　舵一', reading: 'しさく　だいち', born: '1948-01-01', sex: '男', relationship: '世帯主' },
      { name: '試作　真砂', reading: 'しさく　まさご', born: '1950-04-29', sex: '女', relationship: '妻' },
      { name: '試作　舵二', reading: 'しさく　だいじ', born: '1975-09-09', sex: '男', relationship: '子' },
      { name: '試作　渚沙', reading: 'しさく　なぎさ', born: '1977-12-12', sex: '女', relationship: '子の妻' },
      { name: '試作　千波', reading: 'しさく　ちなみ', born: '2001-01-21', sex: '女', relationship: '子の子' },
      { name: '試作　万里', reading: 'しさく　ばんり', born: '2003-02-22', sex: '男', relationship: '子の子' },
      { name: '試作　七海', reading: 'しさく　ななみ', born: '2005-03-23', sex: '女', relationship: '子の子' },
      { name: '試作　八潮', reading: 'しさく　やしお', born: '2008-04-24', sex: '男', relationship: '子の子' },
      { name: '試作　九重', reading: 'しさく　ここのえ', born: '2012-05-25', sex: '女', relationship: '子の子' },
    ],
  ),
  // The wife is under protection: neither she nor the rest of the household is ever listed to the husband.
  ...household(
    { number: '105', address: shiomi('四丁目１番９号'), family: { domicile: '窓口県汐見台市潮見町四丁目１番', head: '仮名　岩男' } },
    [
      { name: '仮名　岩男', reading: 'かめい　いわお', born: '1975-05-05', sex: '男', relationship: '世帯主' },
      {
        name: '仮名　貝子',
        reading: 'かめい　かいこ',
        born: '1978-08-18',
        sex: '女',
        relationship: '妻',
        changes: { flags: { ...noFlags, protected: true } },
      },
      { name: '仮名　砂也', reading: 'かめい　さや', born: '2009-09-19', sex: '女', relationship: '子' },
    ],
  ),
];
