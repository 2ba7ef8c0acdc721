import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '#libs/std/bytes.js';
import { err, ok } from '#libs/std/result.js';
import { jpkiFiles, selectJpkiApplication } from './application.js';
import type { CardChannel } from './application.js';
import { authPinTries, verifyAuthPin } from './auth-pin.js';
import { readCertificate, readTokenKind } from './files.js';
import { limits } from './limits.js';
import { signWithAuthKey } from './sign.js';

type Script = { readonly channel: CardChannel<{ code: 'gone' }>; readonly sent: string[] };

/** Answers in order; when they run out, the card is gone. */
function scripted(...answers: (string | Buffer)[]): Script {
  const sent: string[] = [];
  const queue = answers.map((answer) => (typeof answer === 'string' ? (fromHex(answer) ?? Buffer.alloc(0)) : answer));
  const channel = {
    transmit: (command: Uint8Array) => {
      sent.push(toHex(command));
      const next = queue.shift();
      return Promise.resolve(next === undefined ? err({ code: 'gone' as const }) : ok(next));
    },
  };
  return { channel, sent };
}

function answer(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.from('9000', 'hex')]);
}

function token(name: string): Buffer {
  return answer(Buffer.from(name.padEnd(limits.tokenNameBytes, ' '), 'latin1'));
}

describe('application and token', () => {
  it('selects by name and tells a card without it', async () => {
    const { channel, sent } = scripted('9000', '6A82', '6F00', '0000');
    expect(await selectJpkiApplication(channel)).toEqual(ok(undefined));
    expect(await selectJpkiApplication(channel)).toEqual(err({ code: 'application-absent' }));
    expect(await selectJpkiApplication(channel)).toMatchObject({ error: { code: 'unexpected-status', statusWord: 0x6f00 } });
    expect(await selectJpkiApplication(channel)).toMatchObject({ error: { code: 'malformed-answer' } });
    expect(await selectJpkiApplication(channel)).toEqual(err({ code: 'card-channel', fault: { code: 'gone' } }));
    expect(sent[0]).toBe('00A4040C0AD392F000260100000001');
  });

  it.each(['6A81', '6A82', '6A86', '6D00', '6E00', '6700'])(
    'does not take a cash card that answers %s for a broken My Number Card',
    async (word) => {
      expect(await selectJpkiApplication(scripted(word).channel)).toEqual(err({ code: 'application-absent' }));
    },
  );

  it.each([
    ['JPKIAPICCTOKEN2', 'my-number-card'],
    ['JPKIAPICCTOKEN', 'juki-card'],
    ['JPKIAPGPSETOKEN', 'android-phone'],
    ['JPKIAPIOSTOKEN', 'iphone'],
    ['JPKIAPICCTOKEN3', 'unknown'],
    ['constructor', 'unknown'],
    ['', 'unknown'],
  ])('reads %s as %s', async (name, kind) => {
    const { channel, sent } = scripted('9000', token(name));
    expect(await readTokenKind(channel)).toEqual(ok(kind));
    expect(sent).toEqual(['00A4020C020006', '00B0000020']);
  });

  it('does not take NUL padding for spaces', async () => {
    const padded = answer(Buffer.from('JPKIAPICCTOKEN2'.padEnd(32, '\0'), 'latin1'));
    expect(await readTokenKind(scripted('9000', padded).channel)).toEqual(ok('unknown'));
  });
});

describe('certificate', () => {
  const certificate = Buffer.concat([Buffer.from('30820250', 'hex'), Buffer.alloc(0x250, 7)]);

  it('reads the length of the DER, then exactly the rest', async () => {
    const chunks = [0, 256, 512].map((at) => answer(certificate.subarray(at, at + 256)));
    const { channel, sent } = scripted('9000', ...chunks);
    expect(await readCertificate(channel, 'authentication-certificate')).toEqual(ok(certificate));
    expect(sent).toEqual(['00A4020C02000A', '00B0000000', '00B0010000', '00B0020054']);
  });

  it('goes on after a short answer, stops at the DER length, and never loops', async () => {
    const short = scripted(
      '9000',
      answer(certificate.subarray(0, 200)),
      answer(certificate.subarray(200, 456)),
      answer(certificate.subarray(456)),
    );
    expect(await readCertificate(short.channel, 'signature-ca-certificate')).toEqual(ok(certificate));
    const drip = scripted('9000', ...Array.from({ length: 700 }, (_, at) => answer(certificate.subarray(at, at + (at === 0 ? 4 : 1)))));
    expect(await readCertificate(drip.channel, 'authentication-certificate')).toMatchObject({
      error: { detail: 'too many short answers' },
    });
    const empty = scripted('9000', answer(certificate.subarray(0, 256)), '9000');
    expect(await readCertificate(empty.channel, 'authentication-certificate')).toMatchObject({ error: { code: 'malformed-answer' } });
  });

  it.each(['9000', '308200109000', '3081FF9000', '308200FF009000', '3082FFFF009000', '040200009000'])('refuses %s', async (first) => {
    const read = await readCertificate(scripted('9000', first).channel, 'authentication-certificate');
    expect(read).toMatchObject({ ok: false, error: { code: 'malformed-answer', step: 'read-binary' } });
  });

  it('refuses more bytes than it asked for', async () => {
    const read = await readCertificate(scripted('9000', answer(Buffer.alloc(257))).channel, 'authentication-certificate');
    expect(read).toMatchObject({ error: { detail: 'more data than asked for' } });
  });

  it('tells an absent certificate from one behind a PIN', async () => {
    expect(await readCertificate(scripted('6A82').channel, 'authentication-certificate')).toEqual(
      err({ code: 'file-absent', file: 'authentication-certificate' }),
    );
    expect(await readCertificate(scripted('9000', '6982').channel, 'signature-certificate')).toEqual(err({ code: 'pin-required' }));
  });
});

describe('PIN', () => {
  it.each([
    ['63C3', { outcome: 'open', triesLeft: 3 }],
    ['63C1', { outcome: 'open', triesLeft: 1 }],
    ['63C0', { outcome: 'blocked' }],
    ['6983', { outcome: 'blocked' }],
    ['6984', { outcome: 'blocked' }],
  ])('reads %s to an empty VERIFY', async (word, tries) => {
    const { channel, sent } = scripted('9000', word);
    expect(await authPinTries(channel)).toEqual(ok(tries));
    expect(sent).toEqual(['00A4020C020018', '00200080']);
  });

  it.each(['9000', '6300', '6700', '63C4', '63CF'])('does not believe %s to an empty VERIFY', async (word) => {
    expect((await authPinTries(scripted('9000', word).channel)).ok).toBe(false);
  });

  it.each([
    ['9000', { outcome: 'verified' }],
    ['63C2', { outcome: 'wrong', triesLeft: 2 }],
    ['63C0', { outcome: 'blocked' }],
    ['6984', { outcome: 'blocked' }],
  ])('reads %s to a PIN', async (word, verdict) => {
    const { channel, sent } = scripted('9000', word);
    expect(await verifyAuthPin(channel, Buffer.from('1234'))).toEqual(ok(verdict));
    expect(sent[1]).toBe('002000800431323334');
  });

  it.each(['', '123', '12345', '12a4', '１２３４'])('never shows the card a PIN like %j', async (pin) => {
    const { channel, sent } = scripted();
    expect(await verifyAuthPin(channel, Buffer.from(pin))).toEqual(err({ code: 'pin-malformed' }));
    expect(sent).toEqual([]);
  });

  it('overwrites the command that held the PIN', async () => {
    const kept: Uint8Array[] = [];
    const channel = {
      transmit: (command: Uint8Array) => {
        kept.push(command);
        return Promise.resolve(ok(Buffer.from('9000', 'hex')));
      },
    };
    await verifyAuthPin(channel, Buffer.from('1234'));
    expect(kept.map((command) => toHex(command).replace(/0/g, ''))).toEqual(['', '']);
  });
});

describe('signature', () => {
  it('sends a SHA-256 DigestInfo and takes 256 bytes', async () => {
    const signature = Buffer.alloc(256, 5);
    const { channel, sent } = scripted('9000', answer(signature));
    expect(await signWithAuthKey(channel, Buffer.from('abc'))).toEqual(ok(signature));
    const digest = 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD';
    expect(sent).toEqual(['00A4020C020017', `802A0080333031300D060960864801650304020105000420${digest}00`]);
  });

  it('says apart that the PIN is needed again', async () => {
    expect(await signWithAuthKey(scripted('9000', '6982').channel, Buffer.from('a'))).toEqual(err({ code: 'pin-required' }));
    expect(await signWithAuthKey(scripted('9000', answer(Buffer.alloc(255))).channel, Buffer.from('a'))).toMatchObject({
      error: { code: 'malformed-answer' },
    });
  });
});

it('answers arbitrary bytes of a card with a value or a typed fault', async () => {
  const codes = /^(card-channel|malformed-answer|unexpected-status|application-absent|file-absent|pin-required)$/;
  const likely = fc.constantFrom('9000', '63C2', '6982', '6A82', '308201009000').map((hex) => Buffer.from(hex, 'hex'));
  const raw = fc.oneof(
    likely,
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  );
  const calls = [selectJpkiApplication, readTokenKind, authPinTries];
  await fc.assert(
    fc.asyncProperty(fc.array(raw, { maxLength: 5 }), async (answers) => {
      const results = [
        ...(await Promise.all(calls.map((call) => call(scripted(...answers).channel)))),
        await readCertificate(scripted(...answers).channel, 'authentication-certificate'),
        await verifyAuthPin(scripted(...answers).channel, Buffer.from('1234')),
        await signWithAuthKey(scripted(...answers).channel, Buffer.from('x')),
      ];
      for (const result of results) expect(result.ok ? 'card-channel' : result.error.code).toMatch(codes);
    }),
    { numRuns: 200 },
  );
});

it('names files that have short ids', () => {
  for (const id of Object.values(jpkiFiles)) expect(id).toBeLessThan(0x1f);
});
