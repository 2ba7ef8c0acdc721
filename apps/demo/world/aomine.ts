// 窓口県青嶺市: never prints 個人番号, costs less, its deputy mayor signs, and it does not
// refuse a household because one of it is moving out. And 窓口県霧ヶ丘村, which takes no part.
import type { Resident } from '#libs/contract/register.js';
import { household, noFlags } from './person.js';

const at = (rest: string): string => `窓口県青嶺市若葉台${rest}`;
const from = '窓口県汐見台市潮見町二丁目８番８号';

export const aomineResidents: readonly Resident[] = [
  ...household(
    { number: '501', address: at('一丁目１番１号'), family: { domicile: '窓口県青嶺市大字青嶺１０１番地', head: '模擬　峰子' }, from },
    [{ name: '模擬　峰子', reading: 'もぎ　みねこ', born: '1971-01-17', sex: '女', relationship: '世帯主' }],
  ),
  ...household(
    { number: '502', address: at('二丁目２番２号'), family: { domicile: '窓口県青嶺市大字青嶺２０２番地', head: '模擬　岳人' }, from },
    [
      { name: '模擬　岳人', reading: 'もぎ　がくと', born: '1958-08-28', sex: '男', relationship: '世帯主' },
      { name: '模擬　小枝', reading: 'もぎ　さえ', born: '1961-11-21', sex: '女', relationship: '妻' },
    ],
  ),
  // Here the wife of somebody who is moving out gets her own entry, and nobody else's.
  ...household(
    { number: '503', address: at('三丁目３番３号'), family: { domicile: '窓口県青嶺市大字青嶺３０３番地', head: '模擬　山路' }, from },
    [
      {
        name: '模擬　山路',
        reading: 'もぎ　やまじ',
        born: '1973-03-03',
        sex: '男',
        relationship: '世帯主',
        changes: { status: 'moving-out' },
      },
      { name: '模擬　沢音', reading: 'もぎ　さわね', born: '1976-06-16', sex: '女', relationship: '妻' },
    ],
  ),
  ...household({ number: '504', address: at('四丁目４番４号'), from }, [
    {
      name: '模擬　支援',
      reading: null,
      born: '1989-09-09',
      sex: '女',
      relationship: '世帯主',
      changes: { flags: { ...noFlags, protected: true } },
    },
  ]),
  // Moved to Shiomidai; here the old card link was never taken back.
  ...household({ number: '505', address: at('五丁目５番５号'), from }, [
    { name: '二重　登録', reading: null, born: '1990-12-22', sex: '男', relationship: '世帯主', changes: { status: 'moved-out' } },
  ]),
];

export const kirigaokaResidents: readonly Resident[] = [
  ...household(
    { number: '601', address: '窓口県霧ヶ丘村字霧１番地', family: { domicile: '窓口県霧ヶ丘村字霧１番地', head: '村外　霧子' } },
    [{ name: '村外　霧子', reading: null, born: '1955-05-05', sex: '女', relationship: '世帯主' }],
  ),
];
