// A bank's cash card as far as a first charge goes: PSE, selection, GET PROCESSING OPTIONS
// and READ RECORD (EMV 4.3 Book 1 §12, Book 3 §6.5). It has no keys yet, so GENERATE AC is
// answered 6D00. The AIDs of Japanese cash cards are not public: this one is proprietary
// and not registered (ISO/IEC 7816-5, category F).
import { decodeCommand, encodeResponse, type DecodedCommand } from '#libs/iso7816/apdu.js';
import { statusWord } from '#libs/iso7816/status-word.js';
import { equalBytes } from '#libs/std/bytes.js';
import type { VirtualCard } from '../virtual-card.js';
import { cashCardFiles, paymentSystemEnvironment, type CashCardData, type CashCardFiles, type Records } from './files.js';

export type VirtualCashCardOptions = CashCardData & {
  /** What the bench and the logs call it. */
  readonly label: string;
  /** Form of the answer to GET PROCESSING OPTIONS; 2 when absent. */
  readonly optionsFormat?: 1 | 2;
};

/** T=1, convention and parameters of EMV 4.3 Book 1 §8.3; no historical bytes. */
const atr = Buffer.from('3BE000008131FE43ED', 'hex');

type Selected = 'nothing' | 'pse' | 'cash-card';

export function createVirtualCashCard(options: VirtualCashCardOptions): VirtualCard {
  return new VirtualCashCard(options.label, cashCardFiles(options, options.optionsFormat ?? 2));
}

class VirtualCashCard implements VirtualCard {
  readonly label: string;
  readonly atr = atr;
  readonly #files: CashCardFiles;
  #selected: Selected = 'nothing';
  #optionsGiven = false;

  constructor(label: string, files: CashCardFiles) {
    this.label = label;
    this.#files = files;
  }

  reset(): void {
    this.#selected = 'nothing';
    this.#optionsGiven = false;
  }

  transmit(bytes: Buffer): Buffer {
    const command = decodeCommand(bytes);
    if (!command.ok || command.value.extended) return encodeResponse(statusWord.wrongLength);
    const { cla, ins } = command.value;
    if (cla !== 0x00 && cla !== 0x80) return encodeResponse(statusWord.classNotSupported);
    switch ((cla << 8) | ins) {
      case 0x00a4:
        return this.#select(command.value);
      case 0x00b2:
        return this.#readRecord(command.value);
      case 0x80a8:
        return this.#getProcessingOptions(command.value);
      default:
        return encodeResponse(statusWord.instructionNotSupported);
    }
  }

  /** A name that the card does not know leaves the selection as it was. */
  #select({ p1, p2, data, expectedLength }: DecodedCommand): Buffer {
    if (p1 !== 0x04 || (p2 !== 0x00 && p2 !== 0x02)) return encodeResponse(statusWord.incorrectP1P2);
    // Each application is here once, so there is no next occurrence of a partial name.
    const found = p2 === 0x00 && data.length >= 5 ? this.#named(data) : null;
    if (found === null) return encodeResponse(statusWord.fileNotFound);
    this.#selected = found;
    this.#optionsGiven = false;
    return answer(found === 'pse' ? paymentSystemEnvironment.fci : this.#files.fci, expectedLength);
  }

  #named(name: Buffer): Selected | null {
    const begins = (whole: Buffer): boolean => equalBytes(whole.subarray(0, name.length), name);
    if (begins(this.#files.aid)) return 'cash-card';
    return begins(paymentSystemEnvironment.name) ? 'pse' : null;
  }

  #getProcessingOptions({ p1, p2, data, expectedLength }: DecodedCommand): Buffer {
    if (p1 !== 0x00 || p2 !== 0x00) return encodeResponse(statusWord.incorrectP1P2);
    if (this.#selected !== 'cash-card' || this.#optionsGiven) return encodeResponse(statusWord.conditionsOfUseNotSatisfied);
    const head = data.subarray(0, 2);
    const wanted = Buffer.from([0x83, this.#files.pdolBytes]);
    if (!equalBytes(head, wanted) || data.length !== 2 + this.#files.pdolBytes) return encodeResponse(statusWord.incorrectData);
    this.#optionsGiven = true;
    return answer(this.#files.processingOptions, expectedLength);
  }

  #readRecord({ p1, p2, data, expectedLength }: DecodedCommand): Buffer {
    if (data.length > 0) return encodeResponse(statusWord.wrongLength);
    if ((p2 & 0x07) !== 0x04 || p1 === 0x00) return encodeResponse(statusWord.incorrectP1P2);
    const records = this.#records();
    if (records === null) return encodeResponse(statusWord.conditionsOfUseNotSatisfied);
    const file = records.get(p2 >> 3);
    if (file === undefined) return encodeResponse(statusWord.fileNotFound);
    const record = file[p1 - 1];
    return record === undefined ? encodeResponse(statusWord.recordNotFound) : answer(record, expectedLength);
  }

  #records(): Records | null {
    switch (this.#selected) {
      case 'nothing':
        return null;
      case 'pse':
        return this.#files.directory;
      case 'cash-card':
        return this.#optionsGiven ? this.#files.records : null;
    }
  }
}

/** Le below the length is answered with the length there is. */
function answer(data: Buffer, expectedLength: number | null): Buffer {
  if (expectedLength === null || expectedLength < data.length) return encodeResponse(0x6c00 | data.length);
  return encodeResponse(statusWord.ok, data);
}
