// A kiosk that says what it likes: bytes to the host, frames back.
import { connect, type Socket } from 'node:net';
import { decode, encode } from '#libs/iso8583/codec.js';
import { encodeFrame, FrameReader } from '#libs/iso8583/framing.js';
import { message, type FieldValue, type Message } from '#libs/iso8583/message.js';
import { until } from './branch.js';

export class RawHost {
  readonly #socket: Socket;
  readonly #frames: Buffer[] = [];
  #taken = 0;
  closed = false;

  private constructor(socket: Socket) {
    const reader = new FrameReader();
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', () => (this.closed = true));
    socket.on('data', (chunk) => {
      const frames = reader.push(chunk);
      if (!frames.ok) throw new Error(frames.error.code);
      this.#frames.push(...frames.value);
    });
  }

  static open(port: number): Promise<RawHost> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port }, () => resolve(new RawHost(socket)));
      socket.once('error', reject);
    });
  }

  write(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** The next frame that was not taken yet. */
  async next(): Promise<Buffer> {
    await until(() => this.#frames.length > this.#taken);
    const frame = this.#frames[this.#taken++];
    if (frame === undefined) throw new Error('no frame');
    return frame;
  }

  async say(own: Message): Promise<Message> {
    this.write(frameOf(own));
    return read(await this.next());
  }

  async signOn(): Promise<void> {
    const answer = await this.say(message('0800', { 7: '1122013000', 11: '000001', 41: 'KSK00001', 70: '001' }));
    if (answer.fields.get(39) !== '00') throw new Error('not signed on');
  }

  close(): void {
    this.#socket.destroy();
  }
}

export function frameOf(own: Message): Buffer {
  const bytes = encode(own);
  if (!bytes.ok) throw new Error(`${bytes.error.code} in DE${bytes.error.field}`);
  return encodeFrame(bytes.value);
}

export function read(frame: Buffer): Message {
  const decoded = decode(frame);
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}

/** The same message with some elements changed, or left out where undefined. */
export function changed(own: Message, changes: Readonly<Record<number, FieldValue | undefined>>): Message {
  const fields = new Map(own.fields);
  for (const [number, value] of Object.entries(changes)) {
    if (value === undefined) fields.delete(Number(number));
    else fields.set(Number(number), value);
  }
  return { mti: own.mti, fields };
}
