// Command and response APDUs: ISO/IEC 7816-3:2006 clause 12.1 (cases 1 to 4, short
// and extended length fields) and ISO/IEC 7816-4:2013 clause 5.1. Bytes that are not
// exactly one APDU are refused, never repaired.
import { assert } from '#libs/std/assert.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { limits } from './limits.js';

export type CommandApdu = {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** Empty or absent: no command data field (Lc absent). */
  readonly data?: Uint8Array;
  /** Ne, the number of bytes expected: 1 to 65536. Absent: no Le field. */
  readonly expectedLength?: number;
  /** Forces extended length fields; they are chosen by themselves where short ones do not reach. */
  readonly extended?: boolean;
};

export type DecodedCommand = {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** A view of the bytes given; empty when there is no data field. */
  readonly data: Buffer;
  /** Null: no Le field. */
  readonly expectedLength: number | null;
  readonly extended: boolean;
};

export type ApduFault = { readonly code: 'apdu-too-short' | 'apdu-length-mismatch' | 'apdu-empty-data' };

export type ResponseApdu = { readonly data: Buffer; readonly statusWord: number };
export type ResponseFault = { readonly code: 'response-too-short' | 'response-too-long' | 'status-word-invalid' };

/** Asserts its ranges: a command that does not fit is a mistake of ours, not of the card. */
export function encodeCommand(command: CommandApdu): Buffer {
  const data = command.data ?? Buffer.alloc(0);
  const ne = command.expectedLength ?? 0;
  assert(data.length <= limits.extendedDataBytes, 'command data exceeds an extended Lc');
  assert(Number.isInteger(ne) && ne >= 0 && ne <= limits.extendedExpectedBytes, 'Ne out of range');
  const extended = command.extended === true || data.length > limits.shortDataBytes || ne > limits.shortExpectedBytes;
  const header = [command.cla, command.ins, command.p1, command.p2];
  assert(
    header.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 0xff),
    'header byte out of range',
  );
  const lengthField = extended ? u16(data.length) : [data.length];
  const marker = extended && (data.length > 0 || ne > 0) ? [0] : [];
  const lc = data.length > 0 ? lengthField : [];
  const le = ne > 0 ? (extended ? u16(ne % 0x10000) : [ne % 0x100]) : [];
  return Buffer.concat([Buffer.from([...header, ...marker, ...lc]), data, Buffer.from(le)]);
}

/** Ne of 256 or 65536 stands for a zero Le field. */
export function decodeCommand(bytes: Uint8Array): Result<DecodedCommand, ApduFault> {
  if (bytes.length < 4) return err({ code: 'apdu-too-short' });
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = { cla: view.readUInt8(0), ins: view.readUInt8(1), p1: view.readUInt8(2), p2: view.readUInt8(3) };
  const body = view.subarray(4);
  const fields = body.length > 1 && body[0] === 0 ? decodeExtendedBody(body) : decodeShortBody(body);
  return fields.ok ? ok({ ...header, ...fields.value }) : fields;
}

type Body = Pick<DecodedCommand, 'data' | 'expectedLength' | 'extended'>;

function decodeShortBody(body: Buffer): Result<Body, ApduFault> {
  const none = Buffer.alloc(0);
  const first = body[0];
  if (first === undefined) return ok({ data: none, expectedLength: null, extended: false });
  if (body.length === 1) return ok({ data: none, expectedLength: first === 0 ? 256 : first, extended: false });
  const data = body.subarray(1, 1 + first);
  if (body.length === 1 + first) return ok({ data, expectedLength: null, extended: false });
  if (body.length !== 2 + first) return err({ code: 'apdu-length-mismatch' });
  const le = body.readUInt8(1 + first);
  return ok({ data, expectedLength: le === 0 ? 256 : le, extended: false });
}

function decodeExtendedBody(body: Buffer): Result<Body, ApduFault> {
  if (body.length < 3) return err({ code: 'apdu-length-mismatch' });
  const length = body.readUInt16BE(1);
  if (body.length === 3) return ok({ data: body.subarray(3), expectedLength: length === 0 ? 65536 : length, extended: true });
  if (length === 0) return err({ code: 'apdu-empty-data' });
  const data = body.subarray(3, 3 + length);
  if (body.length === 3 + length) return ok({ data, expectedLength: null, extended: true });
  if (body.length !== 5 + length) return err({ code: 'apdu-length-mismatch' });
  const le = body.readUInt16BE(3 + length);
  return ok({ data, expectedLength: le === 0 ? 65536 : le, extended: true });
}

export function encodeResponse(statusWord: number, data: Uint8Array = Buffer.alloc(0)): Buffer {
  assert(isStatusWord(statusWord), 'not a status word');
  return Buffer.concat([data, Buffer.from(u16(statusWord))]);
}

/** SW1 is 6X (but not 60, which is the T=0 NULL byte) or 9X: ISO/IEC 7816-4 clause 5.1.3. */
export function decodeResponse(bytes: Uint8Array): Result<ResponseApdu, ResponseFault> {
  if (bytes.length < 2) return err({ code: 'response-too-short' });
  if (bytes.length > limits.extendedExpectedBytes + 2) return err({ code: 'response-too-long' });
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const statusWord = view.readUInt16BE(view.length - 2);
  if (!isStatusWord(statusWord)) return err({ code: 'status-word-invalid' });
  return ok({ data: view.subarray(0, -2), statusWord });
}

function isStatusWord(statusWord: number): boolean {
  const sw1 = statusWord >> 8;
  return Number.isInteger(statusWord) && ((sw1 > 0x60 && sw1 <= 0x6f) || (sw1 >= 0x90 && sw1 <= 0x9f));
}

function u16(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}
