// Words of trays as printers send them; the first two are those of ippeveprinter (CUPS).
import { expect, it } from 'vitest';
import { attribute, type IppGroup } from '#libs/ipp/message.js';
import { findSheetsLeft } from './paper-level.js';

const main = 'type=sheetFeedAutoRemovableTray;mediafeed=0;mediaxfeed=0;maxcapacity=250;level=100;status=0;name=main';
const manual = 'type=sheetFeedManual;mediafeed=0;mediaxfeed=0;maxcapacity=1;level=-2;status=0;name=manual';
const second = 'type=sheetFeedAutoNonRemovableTray;maxcapacity=500;level=7;status=0;name=tray-2;';

function printerWith(...trays: readonly string[]): IppGroup {
  const values = trays.map((tray) => ({ type: 'octetString', value: Buffer.from(tray) }) as const);
  return { tag: 'printer', attributes: [attribute('printer-input-tray', ...values)] };
}

type Told = { readonly trays: readonly string[]; readonly tray: string | null; readonly sheets: number | null };

it.each<[string, Told]>([
  ['the tray of the certificate paper', { trays: [main, manual, second], tray: 'tray-2', sheets: 7 }],
  ['all trays, when the printer chooses', { trays: [main, second], tray: null, sheets: 107 }],
  ['an empty tray', { trays: [main.replace('level=100', 'level=0')], tray: null, sheets: 0 }],
  ['a tray of another name', { trays: [main], tray: 'tray-2', sheets: null }],
  ['two trays of one name', { trays: [second, second], tray: 'tray-2', sheets: null }],
  ['a tray that does not tell, when the printer may choose it', { trays: [main, manual], tray: null, sheets: null }],
  ['"at least one sheet"', { trays: [main.replace('level=100', 'level=-3')], tray: null, sheets: null }],
  ['per cent', { trays: [`${main};unit=percent`], tray: null, sheets: null }],
  ['more than fits', { trays: [main.replace('level=100', 'level=251')], tray: null, sheets: null }],
  ['a tray without a size', { trays: [main.replace('maxcapacity=250', 'maxcapacity=-2')], tray: null, sheets: null }],
  ['no level', { trays: [main.replace('level=100;', '')], tray: null, sheets: null }],
  ['a level that is no number', { trays: [main.replace('level=100', 'level=full')], tray: null, sheets: null }],
  ['something else', { trays: ['<trays/>'], tray: null, sheets: null }],
  ['nothing', { trays: [], tray: null, sheets: null }],
])('%s', (_, { trays, tray, sheets }) => {
  expect(findSheetsLeft(printerWith(...trays), tray)).toBe(sheets);
});

it('a printer without the attribute, or with words in place of octets, does not tell', () => {
  expect(findSheetsLeft({ tag: 'printer', attributes: [] }, null)).toBeNull();
  expect(findSheetsLeft(null, null)).toBeNull();
  const keyword = { type: 'keyword', value: main } as const;
  expect(findSheetsLeft({ tag: 'printer', attributes: [attribute('printer-input-tray', keyword)] }, null)).toBeNull();
});
