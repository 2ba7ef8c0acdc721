// KSK-87, our profile of ISO 8583:1987, binary variant: every data element that exists in
// it. The table is the documentation; the codec reads nothing else.
//
// n    digits, two to a byte; a fixed odd length has a zero nibble in front
// z    track 2: digits and the separator D
// an   letters and digits, ASCII       ans  printable ASCII
// b    bytes                           tlv  BER-TLV of EMV, each tag once
// xn   C or D in ASCII, then digits
// Variable length: `ll` one, `lll` two BCD length bytes in front; the number is the maximum,
// counted in digits for n and z, else in bytes. An odd number of digits ends in a zero nibble.

export type FieldFormat = 'n' | 'z' | 'an' | 'ans' | 'b' | 'tlv' | 'xn';
export type FieldLength = { readonly fixed: number } | { readonly ll: number } | { readonly lll: number };
export type Field = { readonly format: FieldFormat; readonly length: FieldLength; readonly name: string };

const fixed = (length: number): FieldLength => ({ fixed: length });
const ll = (length: number): FieldLength => ({ ll: length });
const lll = (length: number): FieldLength => ({ lll: length });
const row = (format: FieldFormat, length: FieldLength, name: string): Field => ({ format, length, name });

export const fields: ReadonlyMap<number, Field> = new Map([
  [2, row('n', ll(19), 'primary account number (PAN)')],
  [3, row('n', fixed(6), 'processing code: 000000 purchase from the default account, 001000 savings')],
  [4, row('n', fixed(12), 'amount, transaction: integer yen, exponent 0')],
  [7, row('n', fixed(10), 'transmission date and time: UTC MMDDhhmmss')],
  [11, row('n', fixed(6), 'systems trace audit number (STAN)')],
  [12, row('n', fixed(6), 'time, local transaction: JST hhmmss')],
  [13, row('n', fixed(4), 'date, local transaction: JST MMDD')],
  [15, row('n', fixed(4), 'date, settlement: business date MMDD')],
  [22, row('n', fixed(3), 'point of service entry mode: 051 chip, PIN possible')],
  [23, row('n', fixed(3), 'card sequence number (PSN)')],
  [25, row('n', fixed(2), 'point of service condition code: 02 unattended')],
  [26, row('n', fixed(2), 'point of service PIN capture code: 12')],
  [32, row('n', ll(11), 'acquiring institution: bank code')],
  [35, row('z', ll(37), 'track 2 equivalent data')],
  [37, row('an', fixed(12), 'retrieval reference number (RRN): YDDDhh in UTC, then STAN')],
  [38, row('an', fixed(6), 'authorization identification response')],
  [39, row('an', fixed(2), 'response code; in 0420 and 0421 the reason')],
  [41, row('ans', fixed(8), 'card acceptor terminal: kiosk id')],
  [42, row('ans', fixed(15), 'card acceptor: branch')],
  [43, row('ans', fixed(40), 'card acceptor name and location')],
  [49, row('an', fixed(3), 'currency code, transaction: 392')],
  [50, row('an', fixed(3), 'currency code, settlement: 392')],
  [52, row('b', fixed(8), 'PIN data: ISO 9564-1 format 0 under the key of DE53')],
  [53, row('b', ll(48), 'security related control information: KSN, 10 bytes (1987 has n16 here)')],
  [55, row('tlv', lll(999), 'ICC system related data')],
  [64, row('b', fixed(8), 'message authentication code, last of the primary bitmap')],
  [66, row('n', fixed(1), 'settlement code: 1 in balance, 2 out of balance, 3 error')],
  [70, row('n', fixed(3), 'network management: 001 sign-on, 002 sign-off, 101 key change, 201 cutover, 301 echo')],
  [74, row('n', fixed(10), 'credits, number')],
  [75, row('n', fixed(10), 'credits, reversal number')],
  [76, row('n', fixed(10), 'debits, number')],
  [77, row('n', fixed(10), 'debits, reversal number')],
  [86, row('n', fixed(16), 'credits, amount')],
  [87, row('n', fixed(16), 'credits, reversal amount')],
  [88, row('n', fixed(16), 'debits, amount')],
  [89, row('n', fixed(16), 'debits, reversal amount')],
  [90, row('n', fixed(42), 'original data elements: MTI, STAN, DE7, DE32, DE33 of the original')],
  [97, row('xn', fixed(16), 'amount, net settlement: C or D, yen')],
  [99, row('n', ll(11), 'settlement institution')],
  [128, row('b', fixed(8), 'message authentication code, last of the secondary bitmap')],
]);
