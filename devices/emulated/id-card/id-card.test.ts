import { constants, publicDecrypt, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256, toHex } from '#libs/std/bytes.js';
import { fixtureCard, fixtureCertificates, fixturePublicKeys } from './fixture.js';
import type { IdCard } from './id-card.js';
import type { IdCardStory } from './options.js';

const jpki = '00A4040C0AD392F000260100000001';
const text = '00A4040C0AD3921000310001010408';
const common = '00A4040C0AD3921000310001010100';
const pin1234 = '002000800431323334';
const wrongPin = '002000800439393939';
const password = '0020008006414243313233';

function send(card: IdCard, ...commands: string[]): string {
  const answers = commands.map((command) => toHex(card.transmit(Buffer.from(command, 'hex'))));
  return answers.at(-1) ?? '';
}

/** All status words, for stories of several commands. */
function words(card: IdCard, ...commands: string[]): string {
  return commands.map((command) => send(card, command).slice(-4)).join(' ');
}

describe('SELECT', () => {
  it('knows its applications by name and by prefix, and no other', () => {
    const card = fixtureCard();
    expect(words(card, jpki, text, common, '00A4040C07A0000001510000')).toBe('9000 9000 9000 9000');
    expect(words(card, '00A4040C05D392F00026', '00A4040C04D392F000', '00A4040C0BD392F00026010000000100')).toBe('9000 6A82 6A82');
  });

  it('answers 6A82 to what OpenSC asks other cards', () => {
    const probes = ['627601FF000000', 'A00000000101', 'E82B0601040181C31F0201', 'D23300000045737445494420763335', 'A00000030800001000'];
    for (const name of probes) {
      const length = (name.length / 2).toString(16).padStart(2, '0');
      expect(words(fixtureCard(), `00A4040C${length}${name}`, `00A40400${length}${name}00`)).toBe('6A82 6A82');
    }
    expect(words(fixtureCard(), '00CADF3005', '00CB3FFF035C017E08', '00CADF30')).toBe('6A88 6D00 6700');
  });

  it('gives control information only where it is asked for', () => {
    expect(send(fixtureCard(), '00A404000AD392F00026010000000100')).toBe('6F0C840AD392F0002601000000019000');
    expect(send(fixtureCard(), jpki)).toBe('9000');
  });

  it('selects nothing above its applications', () => {
    const card = fixtureCard();
    expect(words(card, '00A40000', jpki, '00A40000', '00A4000C023F00', '00A4020C020018', '00A4020C02FFFF')).toBe(
      '6A86 9000 9000 6A82 9000 6A82',
    );
    expect(words(fixtureCard(), '00A4020C020018', '00B0000004')).toBe('6A82 6986');
  });
});

describe('READ BINARY', () => {
  const card = fixtureCard();
  const certificate = fixtureCertificates.authentication;
  send(card, jpki, '00A4020C02000A');

  it('reads a certificate in chunks, with short, full and extended Le', () => {
    expect(send(card, '00B0000004')).toBe(`${toHex(certificate.subarray(0, 4))}9000`);
    expect(send(card, '00B0000007').length).toBe(18);
    expect(send(card, '00B0010000')).toBe(`${toHex(certificate.subarray(256, 512))}9000`);
    expect(send(card, '00B00000000000')).toBe(`${toHex(certificate)}9000`);
    expect(send(card, '00B00000000400')).toBe(`${toHex(certificate.subarray(0, 1024))}9000`);
  });

  it('gives fewer bytes at the end and 6B00 behind it', () => {
    expect(send(card, '00B005FF00')).toBe('0A9000');
    expect(words(card, '00B0060000', '00B07FFF00')).toBe('6B00 6B00');
  });

  it('reads by short id, which then is the current file', () => {
    expect(send(card, '00B08B0004')).toBe(`${toHex(fixtureCertificates.authenticationCa.subarray(0, 4))}9000`);
    expect(send(card, '00B0050000')).toBe(`${toHex(fixtureCertificates.authenticationCa.subarray(1280))}9000`);
    expect(words(card, '00B08A0004', '00B0800004', '00B09F0004', '00B0A60004', '00B0830004')).toBe('9000 6A86 6A86 6A86 6A82');
  });

  it('refuses keys, PINs and wrong lengths', () => {
    expect(words(card, '00A4020C020018', '00B0000004', '00A4020C020017', '00B0000004')).toBe('9000 6981 9000 6981');
    expect(words(card, '00B00000', '00B000000101', '00B0000000000001')).toBe('6700 6700 6700');
  });

  it('holds a token info of 160 bytes with spaces', () => {
    expect(send(card, '00B0860000')).toBe(`${toHex(Buffer.from('JPKIAPICCTOKEN2'.padEnd(160, ' ')))}9000`);
    expect(send(card, '00B0880000')).toBe('8F8F009000');
  });
});

describe('PINs', () => {
  it('counts down, blocks, and says which', () => {
    const card = fixtureCard();
    send(card, jpki, '00A4020C020018');
    expect(words(card, '00200080', wrongPin, wrongPin, '00200080', pin1234, '00200080')).toBe('63C3 63C2 63C1 63C1 9000 63C3');
    expect(words(card, wrongPin, wrongPin, wrongPin, '00200080', pin1234)).toBe('63C2 63C1 63C0 63C0 6984');
  });

  it('keeps the counter through power, forgets the PIN', () => {
    const card = fixtureCard();
    send(card, jpki, '00A4020C020018', wrongPin, '00A4020C020017');
    card.reset();
    expect(words(card, jpki, '00200098', '002000980431323334')).toBe('9000 63C2 9000');
    card.reset();
    expect(words(card, jpki, '802A0097010100')).toBe('9000 6982');
  });

  it('checks reference and length', () => {
    const card = fixtureCard();
    expect(words(card, '00200080', jpki, '00200080', '00A4020C02000A', '00200080')).toBe('6986 9000 6986 9000 6981');
    expect(words(card, '00200018', '00200100', '00200083', `0020009811${'31'.repeat(17)}`, '00200098043132333400')).toBe(
      '6A86 6A86 6A88 6700 6700',
    );
  });

  it('opens nothing of another PIN', () => {
    const card = fixtureCard();
    expect(words(card, jpki, '00B0810004', '002000980431323334', '00B0810004', '802A009A010100')).toBe('9000 6982 9000 6982 6982');
    expect(words(card, '00A4020C02001B', password, '00B0810004', '802A009A010100', '802A0097010100')).toBe('9000 9000 9000 9000 9000');
  });

  it('is forgotten when another application is selected, not when the same one is', () => {
    const card = fixtureCard();
    expect(words(card, jpki, '002000980431323334', jpki, '802A0097010100', text, jpki, '802A0097010100')).toBe(
      '9000 9000 9000 9000 9000 9000 6982',
    );
    expect(words(card, '002000980431323334', '00A4040C07A0000001510000', jpki, '802A0097010100')).toBe('9000 9000 9000 6982');
  });

  it('changes after a good VERIFY only, with the instruction of its application', () => {
    const card = fixtureCard();
    send(card, jpki, '00A4020C020018');
    expect(words(card, '002401800434333231', pin1234, '802400800434333231', '803200800434333231')).toBe('6982 9000 6E00 6D00');
    expect(words(card, '00240180053433323130', '002401800434333231', pin1234, '002000800434333231')).toBe('6700 9000 63C2 9000');
    expect(words(card, common, '00A4020C02001C', '002000800439303132', '803200800431313131', '002000800431313131')).toBe(
      '9000 9000 9000 9000 9000',
    );
  });
});

describe('signatures', () => {
  const message = Buffer.from('to be signed');
  const digest = sha256(message);
  const keys = fixturePublicKeys();
  const card = fixtureCard();
  send(card, jpki, '002000980431323334', '00A4020C020017');

  function signed(p1: string, data: Buffer): Buffer {
    const lc = data.length.toString(16).padStart(2, '0');
    return Buffer.from(send(card, `802A${p1}80${lc}${toHex(data)}00`), 'hex').subarray(0, -2);
  }

  it('pads what it is given (00) and hashes where the scheme says so (01, 02, 03)', () => {
    const digestInfo = Buffer.concat([Buffer.from('3031300D060960864801650304020105000420', 'hex'), digest]);
    for (const [p1, data] of [
      ['00', digestInfo],
      ['02', digest],
      ['03', message],
    ] as const) {
      expect(verify('sha256', message, keys.authentication, signed(p1, data))).toBe(true);
    }
    const bare = publicDecrypt({ key: keys.authentication, padding: constants.RSA_PKCS1_PADDING }, signed('01', message));
    expect(toHex(bare)).toBe(toHex(digest));
    expect(signed('00', Buffer.from('not a DigestInfo')).length).toBe(256);
  });

  it('signs with PSS (04, 05), differently each time', () => {
    const pss = { key: keys.authentication, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    expect(verify('sha256', message, pss, signed('04', digest))).toBe(true);
    expect(verify('sha256', message, pss, signed('05', message))).toBe(true);
    expect(toHex(signed('04', digest))).not.toBe(toHex(signed('04', digest)));
  });

  it('refuses other schemes and lengths', () => {
    expect(words(card, '802A0680010100', '802A0280010100', '802A0480010100', `802A0080F6${'00'.repeat(246)}00`)).toBe(
      '6A86 6985 6985 6700',
    );
    expect(words(card, '802A00800101', '802A0080', '802A0098010100', '002A0080010100')).toBe('6700 6700 6981 6E00');
  });
});

describe('stories', () => {
  it.each<[IdCardStory, string, string]>([
    ['juki-card', 'JPKIAPICCTOKEN', '9000'],
    ['android-phone', 'JPKIAPGPSETOKEN', '6982'],
    ['iphone', 'JPKIAPIOSTOKEN', '6982'],
    ['without-authentication-certificate', 'JPKIAPICCTOKEN2', '6A82'],
    ['without-pin', 'JPKIAPICCTOKEN2', '9000'],
  ])('%s', (story, token, certificate) => {
    const card = fixtureCard({ story });
    expect(send(card, jpki, '00B0860020')).toBe(`${toHex(Buffer.from(token.padEnd(32, ' ')))}9000`);
    expect(words(card, '00B08A0004')).toBe(certificate);
    expect(words(card, '00200098')).toBe(story === 'without-pin' ? '63C0' : '63C3');
  });
});

it('answers arbitrary bytes, and never with an exception', () => {
  const card = fixtureCard();
  const command = fc.tuple(
    fc.constantFrom('00A4', '00B0', '00B2', '00CA', '0020', '0024', '0084', '0088', '802A', '8032', '0CB0'),
    fc.uint8Array({ minLength: 2, maxLength: 24 }),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        command.map(([head, tail]) => Buffer.concat([Buffer.from(head, 'hex'), tail])),
      ),
      (raw) => {
        expect(toHex(card.transmit(Buffer.from(raw)))).toMatch(/(9000|6[1-9A-F][0-9A-F]{2})$/);
      },
    ),
  );
});
