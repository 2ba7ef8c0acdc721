// Steps 1, 3, 4, 7 and 8 at the card: read it, ask for the PIN, let it sign, let it go. The
// card is held exclusively from the moment it is in until it is released, and every release
// resets it: a verified PIN survives a plain disconnect (reference: card-and-pki §4).
import type { CardConnection, CardFault, CardReader } from '#devices/card-reader/port.js';
import { selectJpkiApplication, type JpkiFault } from '#libs/jpki/application.js';
import { authPinTries, verifyAuthPin } from '#libs/jpki/auth-pin.js';
import { readCertificate, readTokenKind, type TokenKind } from '#libs/jpki/files.js';
import { signWithAuthKey } from '#libs/jpki/sign.js';
import type { Event } from '#libs/session/event.js';
import { unreachable } from '#libs/std/assert.js';
import { wipe } from '#libs/std/bytes.js';
import type { LiveSession } from '../live-session.js';

type Failed = Extract<Event, { type: 'failed' }>;

export class CardStage {
  private connection: CardConnection | null = null;

  constructor(private readonly reader: CardReader) {}

  /** Step 1: is it a My Number Card with a user-authentication certificate, and how many tries are left? */
  async read(live: LiveSession): Promise<Event> {
    const connected = await this.reader.connect();
    if (!connected.ok) return failedBy(connected.error);
    const connection = connected.value;
    this.connection = connection;
    const selected = await selectJpkiApplication(connection);
    if (!selected.ok) return selected.error.code === 'application-absent' ? failed('not-my-number-card') : failedAt(selected.error);
    const token = await readTokenKind(connection);
    if (!token.ok) return failedAt(token.error);
    const refusal = refusalOf(token.value);
    if (refusal !== null) return failed(refusal);
    const certificate = await readCertificate(connection, 'authentication-certificate');
    if (!certificate.ok) return failedAt(certificate.error);
    live.certificate = certificate.value;
    return this.triesLeft((triesLeft) => ({ type: 'card-read', triesLeft }));
  }

  /** Step 3. The buffer with the PIN is overwritten, whatever comes of it. */
  async verifyPin(pin: Buffer): Promise<Event> {
    if (this.connection === null) return failed('card-pulled');
    const verdict = await verifyAuthPin(this.connection, pin);
    wipe(pin);
    if (!verdict.ok) return verdict.error.code === 'pin-malformed' ? failed('internal') : failedAt(verdict.error);
    switch (verdict.value.outcome) {
      case 'verified':
        return { type: 'pin-right' };
      case 'wrong':
        return { type: 'pin-wrong', triesLeft: verdict.value.triesLeft };
      case 'blocked':
        return { type: 'pin-wrong', triesLeft: 0 };
      default:
        return unreachable(verdict.value);
    }
  }

  /** RSASSA-PKCS1-v1_5 over SHA-256 of the statement, made by the card. The event says why there is none. */
  async sign(statement: string): Promise<{ ok: true; signature: Buffer } | { ok: false; event: Event }> {
    if (this.connection === null) return { ok: false, event: failed('card-pulled') };
    const signature = await signWithAuthKey(this.connection, Buffer.from(statement, 'utf8'));
    if (signature.ok) return { ok: true, signature: signature.value };
    if (signature.error.code !== 'pin-required') return { ok: false, event: failedAt(signature.error) };
    return { ok: false, event: await this.triesLeft((triesLeft) => ({ type: 'pin-wanted', triesLeft })) };
  }

  /** Step 8. May be called at any time and more than once. */
  async release(): Promise<void> {
    const connection = this.connection;
    this.connection = null;
    await connection?.disconnect('reset');
  }

  private async triesLeft(toEvent: (triesLeft: number) => Event): Promise<Event> {
    if (this.connection === null) return failed('card-pulled');
    const tries = await authPinTries(this.connection);
    if (!tries.ok) return failedAt(tries.error);
    return toEvent(tries.value.outcome === 'blocked' ? 0 : tries.value.triesLeft);
  }
}

function refusalOf(token: TokenKind): string | null {
  switch (token) {
    case 'my-number-card':
      return null;
    case 'juki-card':
      return 'juki-card';
    case 'android-phone':
    case 'iphone':
      return 'phone';
    case 'unknown':
      return 'not-my-number-card';
    default:
      return unreachable(token);
  }
}

function failed(code: string): Failed {
  return { type: 'failed', code, sentence: null };
}

function failedAt(fault: JpkiFault<CardFault>): Failed {
  switch (fault.code) {
    case 'card-channel':
      return failedBy(fault.fault);
    case 'file-absent':
      return failed('no-certificate');
    case 'application-absent':
      return failed('not-my-number-card');
    case 'pin-required':
    case 'malformed-answer':
    case 'unexpected-status':
      return failed('card-unreadable');
    default:
      return unreachable(fault);
  }
}

function failedBy(fault: CardFault): Failed {
  switch (fault.code) {
    case 'card-removed':
    case 'no-card':
      return failed('card-pulled');
    case 'unresponsive-card':
      return failed('card-unreadable');
    case 'reader-gone':
    case 'sharing-violation':
    case 'pcsc-unavailable':
      return failed('reader-unavailable');
    default:
      return unreachable(fault.code);
  }
}
