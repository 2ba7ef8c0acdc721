// 住民票の写し, 世帯連記式, A4 portrait (住民記録システム標準仕様書 第6.1版, 帳票ID 0010001 ff.;
// reference: issuance §8.2): 53 rows of 40 columns, four people a page, and the certification
// below. This file is data: what stands where. Its digest goes into the manifest, so that a
// changed layout is a different template.
import type { Align, Box, FieldPlace, FixedText, Form, Place, Rule } from './place.js';

const grid = { leftMm: 11, topMm: 8, columnMm: 4.7, rowMm: 4.35, columns: 40, rows: 53 } as const;
const firstPersonRow = 5;
const rowsOfPerson = 12;
const line = { hairMm: 0.12, frameMm: 0.35 } as const;
const insetMm = 0.9;

type Cells = { readonly column: number; readonly columns: number; readonly row: number; readonly rows?: number };

function boxOf(cells: Cells): Box {
  return {
    xMm: round(grid.leftMm + cells.column * grid.columnMm),
    yMm: round(grid.topMm + cells.row * grid.rowMm),
    widthMm: round(cells.columns * grid.columnMm),
    heightMm: round((cells.rows ?? 1) * grid.rowMm),
  };
}

/** Sums of binary fractions would otherwise make the digest depend on the order of additions. */
function round(mm: number): number {
  return Math.round(mm * 1000) / 1000;
}

function inset(box: Box, byMm: number): Box {
  return { ...box, xMm: round(box.xMm + byMm), widthMm: round(box.widthMm - 2 * byMm) };
}

const small = { sizeMm: 3.3, oneLineMinMm: 2.05, twoLinesMinMm: 2 } as const;
const tall = { sizeMm: 3.6, oneLineMinMm: 2.8, twoLinesMinMm: 2.2 } as const;
const nameSize = { sizeMm: 4.8, oneLineMinMm: 3.2, twoLinesMinMm: 2.2 } as const;
const labelSize = { sizeMm: 2.75, oneLineMinMm: 2, twoLinesMinMm: null } as const;

function value(cells: Cells, size: Pick<Place, 'sizeMm' | 'oneLineMinMm' | 'twoLinesMinMm'>, align: Align = 'left'): Place {
  return { ...inset(boxOf(cells), insetMm), align, ...size };
}

function label(text: string, cells: Cells): FixedText {
  // Two characters across a wide cell would fall apart.
  const sideMm = text.length <= 3 && cells.columns > 3 ? insetMm + 3 : insetMm;
  return { text, place: { ...inset(boxOf(cells), sideMm), align: 'spread', ...labelSize } };
}

type RowCells = {
  readonly row: number;
  readonly rows?: number;
  readonly from: number;
  readonly value: number;
  readonly to: number;
  readonly place?: Partial<Place>;
};
type Row = { readonly text: string; readonly field: string; readonly label: Cells; readonly value: Cells; readonly place: Place };

/** `from` is the label's first column, `to` the column after the value's last. */
function row(text: string, field: string, at: RowCells): Row {
  const rows = at.rows ?? 1;
  const cells = { column: at.value, columns: at.to - at.value, row: at.row, rows };
  return {
    text,
    field,
    label: { column: at.from, columns: at.value - at.from, row: at.row, rows },
    value: cells,
    place: { ...value(cells, rows > 1 ? tall : small), ...at.place },
  };
}

const p = firstPersonRow;
const center = { align: 'center' } as const;
/** The cells of one person, as issuance §8.2 lists them row by row. */
const personRows: readonly Row[] = [
  row('氏名の振り仮名', 'nameReading', { row: p, from: 1, value: 6, to: 24 }),
  row('個人番号', 'myNumber', { row: p, from: 24, value: 30, to: 40 }),
  row('氏名', 'name', { row: p + 1, rows: 2, from: 1, value: 6, to: 24, place: nameSize }),
  row('住民票コード', 'residentCode', { row: p + 1, from: 24, value: 30, to: 40 }),
  row('住民となった年月日', 'becameResidentOn', { row: p + 2, from: 24, value: 30, to: 40 }),
  row('旧氏の振り仮名', 'formerNameReading', { row: p + 3, from: 1, value: 6, to: 24 }),
  row('住所を定めた年月日', 'addressSince', { row: p + 3, from: 24, value: 30, to: 40 }),
  row('旧氏', 'formerName', { row: p + 4, from: 1, value: 6, to: 24 }),
  row('届出日', 'notifiedOn', { row: p + 4, from: 24, value: 30, to: 40 }),
  row('生年月日', 'birthDate', { row: p + 5, from: 1, value: 6, to: 16 }),
  row('性別', 'sex', { row: p + 5, from: 16, value: 18, to: 21, place: center }),
  row('続柄', 'relationship', { row: p + 5, from: 21, value: 23, to: 29, place: center }),
  row('筆頭者', 'headOfFamilyRegister', { row: p + 5, from: 29, value: 32, to: 40 }),
  row('本籍', 'domicile', { row: p + 6, from: 1, value: 6, to: 40 }),
  row('転入前住所', 'addressBeforeMovingIn', { row: p + 7, from: 1, value: 6, to: 40 }),
  row('備考', 'remarks', { row: p + 10, rows: 2, from: 1, value: 6, to: 40 }),
];

/** 国籍・地域, 在留資格, 通称 …: the labels belong to the record, two pairs a row. */
const variableRows: readonly { readonly label: Cells; readonly value: Cells }[] = [0, 1, 2, 3].map((i) => {
  const at = { row: p + 8 + Math.floor(i / 2) };
  return i % 2 === 0
    ? { label: { ...at, column: 1, columns: 5 }, value: { ...at, column: 6, columns: 15 } }
    : { label: { ...at, column: 21, columns: 6 }, value: { ...at, column: 27, columns: 13 } };
});

const variableFields: readonly FieldPlace[] = variableRows.flatMap((cells, i) => [
  {
    field: `variable[${i}].label`,
    place: { ...inset(boxOf(cells.label), insetMm), align: 'center', ...labelSize } satisfies Place,
  },
  { field: `variable[${i}].value`, place: value(cells.value, small) },
]);

function ruled(cells: Cells): Rule {
  return { ...boxOf(cells), lineMm: line.hairMm };
}

const headRows: readonly Row[] = [
  row('住所', 'address', { row: 2, rows: 2, from: 0, value: 6, to: 40, place: { sizeMm: 4 } }),
  row('世帯主', 'headOfHousehold', { row: 4, from: 0, value: 6, to: 40 }),
];

const numberCells: Cells = { column: 0, columns: 1, row: p, rows: rowsOfPerson };

type Free = Box & { readonly sizeMm: number; readonly minMm?: number; readonly align?: Align; readonly twoLines?: boolean };

/** Outside the grid. Without `minMm` the text always fits or the form is wrong. */
function free({ sizeMm, minMm = sizeMm, align = 'left', twoLines = false, ...box }: Free): Place {
  return { ...box, align, sizeMm, oneLineMinMm: minMm, twoLinesMinMm: twoLines ? minMm : null };
}

/** To the right of the sealed code. */
const foot = { xMm: 60, widthMm: 139 } as const;

export const residentRecordForm: Form = {
  id: 'resident-record',
  version: 1,
  title: '住民票の写し',
  widthMm: 210,
  heightMm: 297,
  rules: [
    ...headRows.flatMap((r) => [ruled(r.label), ruled(r.value)]),
    { ...boxOf({ column: 0, columns: grid.columns, row: 2, rows: firstPersonRow - 2 }), lineMm: line.frameMm },
  ],
  texts: [
    { text: '住　民　票', place: free({ ...boxOf({ column: 12, columns: 16, row: 0, rows: 2 }), sizeMm: 6.2, align: 'center' }) },
    { text: '発行番号', place: free({ xMm: 11, yMm: 8, widthMm: 12, heightMm: 4, sizeMm: 2.7 }) },
    { text: 'ページ', place: free({ xMm: 177, yMm: 8, widthMm: 10, heightMm: 4, sizeMm: 2.7 }) },
    ...headRows.map((r) => label(r.text, r.label)),
    { text: 'この印は黒色です', place: free({ xMm: 169, yMm: 277.8, widthMm: 30, heightMm: 3, sizeMm: 2.4, align: 'center' }) },
    {
      text: 'この証明書は普通紙です。発行番号が同じで、すべてのページがそろっていることを確かめてください。',
      place: free({ ...foot, yMm: 281.2, heightMm: 3, sizeMm: 2.4 }),
    },
    { text: '請求照合値', place: free({ ...foot, yMm: 284.4, heightMm: 3, widthMm: 14, sizeMm: 2.4 }) },
  ],
  fields: [
    { field: 'certificateNumber', place: free({ xMm: 24, yMm: 8, widthMm: 42, heightMm: 4, sizeMm: 2.9, minMm: 2 }) },
    { field: 'page', place: free({ xMm: 187, yMm: 8, widthMm: 12, heightMm: 4, sizeMm: 2.9, align: 'right' }) },
    { field: 'issuedOn', place: free({ xMm: 150, yMm: 12.2, widthMm: 49, heightMm: 4, sizeMm: 2.9, align: 'right' }) },
    ...headRows.map((r) => ({ field: r.field, place: r.place })),
    { field: 'certification', place: free({ xMm: 11, yMm: 240, widthMm: 188, heightMm: 5, sizeMm: 3.9 }) },
    { field: 'issuedOn', place: free({ ...foot, yMm: 249, widthMm: 105, heightMm: 5, sizeMm: 3.9, minMm: 3 }) },
    {
      field: 'issuer',
      place: free({ ...foot, yMm: 257, widthMm: 106, heightMm: 11, sizeMm: 4.9, minMm: 3, twoLines: true, align: 'right' }),
    },
    { field: 'requestMark', place: free({ xMm: 75, yMm: 284.4, widthMm: 40, heightMm: 3, sizeMm: 2.6 }) },
    { field: 'requestSha256', place: free({ ...foot, yMm: 287.2, heightMm: 2.6, sizeMm: 2.2 }) },
  ],
  people: {
    count: 4,
    pitchMm: round(rowsOfPerson * grid.rowMm),
    frame: { ...boxOf({ column: 0, columns: grid.columns, row: p, rows: rowsOfPerson }), lineMm: line.frameMm },
    rules: [
      ruled(numberCells),
      ...personRows.flatMap((r) => [ruled(r.label), ruled(r.value)]),
      ...variableRows.flatMap((r) => [ruled(r.label), ruled(r.value)]),
    ],
    texts: personRows.map((r) => label(r.text, r.label)),
    fields: [
      { field: 'number', place: free({ ...boxOf(numberCells), sizeMm: 3.3, align: 'center' }) },
      ...personRows.map((r) => ({ field: r.field, place: r.place })),
      ...variableFields,
    ],
  },
  nothingBelow: { text: '以下余白', place: value({ column: 1, columns: 39, row: p + 1, rows: 2 }, tall, 'center') },
  diagonalMm: 0.12,
  seal: { xMm: 169, yMm: 247.5, widthMm: 30, heightMm: 30 },
  // Left blank for the sealed code that a third party checks the sheet with: a QR code with its
  // quiet zone. It is reserved now so that the layout, and with it every field's place, stays
  // the same on the day the code is drawn.
  sealedCode: { xMm: 11, yMm: 247, widthMm: 42, heightMm: 42 },
};
