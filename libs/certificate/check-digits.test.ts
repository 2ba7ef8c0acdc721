import { expect, test } from 'vitest';
import { isMunicipalityCode, municipalityCheckDigit } from './municipality-code.js';
import { isMyNumber, isResidentCode, myNumberCheckDigit, residentCodeCheckDigit } from './my-number.js';

test.each(['010006', '090000', '100005', '110001', '131016', '011002', '141003', '271004', '472018', '991015', '992020'])(
  'municipality code %s',
  (code) => {
    expect(municipalityCheckDigit(code.slice(0, 5))).toBe(code.charAt(5));
    expect(isMunicipalityCode(code)).toBe(true);
  },
);

test.each(['379474484458', '123456789018'])('individual number %s', (number) => {
  expect(myNumberCheckDigit(number.slice(0, 11))).toBe(number.charAt(11));
  expect(isMyNumber(number)).toBe(true);
});

test.each(['24727059608', '24846016224', '25208017643'])('resident record code %s', (code) => {
  expect(residentCodeCheckDigit(code.slice(0, 10))).toBe(code.charAt(10));
  expect(isResidentCode(code)).toBe(true);
});

test('any other last digit is refused', () => {
  for (let digit = 0; digit <= 9; digit++) {
    expect(isMunicipalityCode(`13101${digit}`)).toBe(digit === 6);
    expect(isMyNumber(`12345678901${digit}`)).toBe(digit === 8);
    expect(isResidentCode(`2472705960${digit}`)).toBe(digit === 8);
  }
});

test('what is not all digits, or not as many, is refused', () => {
  for (const text of ['', '13101６', '1310166', '13101', ' 131016', '131016\n']) expect(isMunicipalityCode(text)).toBe(false);
  expect(isMyNumber('12345678901')).toBe(false);
  expect(isMyNumber('１２３４５６７８９０１８')).toBe(false);
  expect(isResidentCode('123456789018')).toBe(false);
  expect(() => myNumberCheckDigit('1')).toThrow('11 digits');
});
