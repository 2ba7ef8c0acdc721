// What lies on the virtual cash card: the directory of the PSE and the records of one
// application (EMV 4.3 Book 1 §12.2, Book 3 Annex A).
import { encodeTlv } from '#libs/iso7816/ber-tlv.js';
import { assert } from '#libs/std/assert.js';

/** Category F (ISO/IEC 7816-5): proprietary, not registered. */
export const virtualCashCardAid = Buffer.from('F0000000010001', 'hex');

export type CashCardData = {
  /** 12 to 19 digits. */
  readonly pan: string;
  /** Two digits. */
  readonly panSequence: string;
  /** YYMMDD */
  readonly expires: string;
};

/** Short file id to records, the first record first. */
export type Records = ReadonlyMap<number, readonly Buffer[]>;

export type CashCardFiles = {
  readonly aid: Buffer;
  readonly fci: Buffer;
  readonly pdolBytes: number;
  readonly processingOptions: Buffer;
  readonly directory: Records;
  readonly records: Records;
};

const directoryFile = 1;
const dataFile = 2;
const riskFile = 3;

const pseName = Buffer.from('1PAY.SYS.DDF01', 'latin1');
export const paymentSystemEnvironment = {
  name: pseName,
  fci: template(0x6f, [encodeTlv(0x84, pseName), template(0xa5, [encodeTlv(0x88, Buffer.from([directoryFile]))])]),
} as const;

const labelText = Buffer.from('CASH CARD', 'latin1');
/** The card asks for the terminal's country. */
const pdol = hex('9F1A02');
/** Cardholder verification is supported, terminal risk management is to be done. */
const interchangeProfile = hex('1800');

export function cashCardFiles(data: CashCardData, optionsFormat: 1 | 2): CashCardFiles {
  assert(/^\d{12,19}$/.test(data.pan) && /^\d{2}$/.test(data.panSequence) && /^\d{6}$/.test(data.expires), 'cash-card-data');
  const locator = Buffer.from([dataFile << 3, 1, 2, 0, riskFile << 3, 1, 1, 0]);
  const application = [encodeTlv(0x4f, virtualCashCardAid), encodeTlv(0x50, labelText), encodeTlv(0x87, hex('01'))];
  return {
    aid: virtualCashCardAid,
    fci: template(0x6f, [
      encodeTlv(0x84, virtualCashCardAid),
      template(0xa5, [encodeTlv(0x50, labelText), encodeTlv(0x87, hex('01')), encodeTlv(0x9f38, pdol)]),
    ]),
    pdolBytes: 2,
    processingOptions:
      optionsFormat === 1
        ? encodeTlv(0x80, Buffer.concat([interchangeProfile, locator]))
        : template(0x77, [encodeTlv(0x82, interchangeProfile), encodeTlv(0x94, locator)]),
    directory: new Map([[directoryFile, [template(0x70, [template(0x61, application)])]]]),
    records: cardRecords(data),
  };
}

function cardRecords({ pan, panSequence, expires }: CashCardData): Records {
  const track2 = `${pan}D${expires.slice(0, 4)}2010000000`;
  return new Map([
    [
      dataFile,
      [
        template(0x70, [encodeTlv(0x57, filled(track2)), encodeTlv(0x5a, filled(pan))]),
        template(0x70, [encodeTlv(0x5f24, hex(expires)), encodeTlv(0x5f34, hex(panSequence)), encodeTlv(0x5f28, hex('0392'))]),
      ],
    ],
    [
      riskFile,
      [
        template(0x70, [
          encodeTlv(0x8c, hex('9F02069F03069F1A0295055F2A029A039C019F3704')),
          encodeTlv(0x8d, hex('910A8A0295059F3704')),
          // One rule: enciphered PIN verified online, always; else the transaction ends.
          encodeTlv(0x8e, hex('00000000000000000200')),
        ]),
      ],
    ],
  ]);
}

function template(tag: number, parts: readonly Buffer[]): Buffer {
  return encodeTlv(tag, Buffer.concat(parts));
}

/** Compressed numeric: an odd number of digits ends in F. */
function filled(digits: string): Buffer {
  return hex(digits.length % 2 === 0 ? digits : `${digits}F`);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}
