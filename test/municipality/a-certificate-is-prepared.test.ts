// Steps 4 and 10 as they should go: the offer, the request, the bundle, and two
// municipalities that have decided differently.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aomine, shiomidai } from '../../apps/demo/world/registers.js';
import { decrypt } from '#libs/contract/sealed.js';
import { CardDesk } from './cards.js';
import { makeKey } from './keys.js';
import { Office } from './office.js';
import { textOf } from './pdf-text.js';
import { choiceOf, Visit } from './visit.js';

let shiomidaiOffice: Office;
let aomineOffice: Office;
beforeAll(async () => {
  const desk = await CardDesk.open();
  shiomidaiOffice = await Office.open({ register: shiomidai, desk });
  aomineOffice = await Office.open({ register: aomine, desk });
}, 60_000);
afterAll(async () => {
  await shiomidaiOffice.close();
  await aomineOffice.close();
});

describe('the offer', () => {
  test('lists the household in its order and what the municipality allows', async () => {
    const offer = await new Visit(shiomidaiOffice, await shiomidaiOffice.linkedCard('910203')).login();
    expect(offer.members.map(({ name, relationship, isAsker }) => [name, relationship, isAsker])).toEqual([
      ['架空　海斗', '世帯主', false],
      ['架空　波江', '妻', false],
      ['架空　凪', '子', true],
      ['架空　岬', '子', false],
    ]);
    expect(offer.items).toEqual([
      {
        kind: 'resident-record',
        title: '住民票の写し',
        feeYen: 300,
        scopes: ['household', 'part'],
        allows: { relationship: true, domicile: true, myNumber: true },
        maxCopies: 10,
        closed: null,
      },
    ]);
    expect(offer.municipality).toEqual({ code: '991015', name: '汐見台市', contact: shiomidai.settings.contact });
  });

  test('of the other municipality differs: fee, My Number, copies', async () => {
    const offer = await new Visit(aomineOffice, await aomineOffice.linkedCard('950201')).login();
    expect(offer.items[0]).toMatchObject({ feeYen: 250, allows: { myNumber: false }, maxCopies: 5 });
    expect(offer.settingsVersion).toBe('aomine-2026-3');
  });

  test('gives members ids of this session only, and nobody else can read it', async () => {
    const card = await shiomidaiOffice.linkedCard('910201');
    const [first, second] = [new Visit(shiomidaiOffice, card), new Visit(shiomidaiOffice, card)];
    const ids = [await first.login(), await second.login()].flatMap((offer) => offer.members.map((member) => member.id));
    expect(new Set(ids).size).toBe(8);
    const response = await first.postLogin(await first.forward(first.loginStatement()));
    expect(await decrypt(String(response.body.offer), makeKey())).toMatchObject({ ok: false });
    expect(response.text).not.toMatch(/架空|910201/);
  });
});

describe('the bundle', () => {
  test('holds one PDF a copy, each as the manifest says, with numbers of their own', async () => {
    const visit = new Visit(shiomidaiOffice, await shiomidaiOffice.linkedCard('910301'));
    const offer = await visit.login();
    const statement = visit.requestStatement(offer, {
      copies: 2,
      choice: choiceOf(offer, { relationship: true, domicile: true, myNumber: true }),
    });
    const forwarded = await visit.forward(statement);
    const { manifest, pdfs } = await visit.open(await visit.postRequest(forwarded));

    expect(manifest).toMatchObject({
      request: statement.request,
      session: visit.session,
      municipality: '991015',
      kind: 'resident-record',
      feeYen: 600,
      registerVersion: shiomidai.eventNumber,
      requestSha256: createHash('sha256').update(forwarded.signed.statement).digest('hex'),
    });
    expect(manifest.copies.map(({ copy, attempt, pages }) => [copy, attempt, pages.map(({ page, of }) => `${page}/${of}`)])).toEqual([
      [1, 1, ['1/2', '2/2']],
      [2, 1, ['1/2', '2/2']],
    ]);
    expect(pdfs.map((pdf) => createHash('sha256').update(pdf).digest('hex'))).toEqual(manifest.copies.map((copy) => copy.pdfSha256));
    expect(new Set(manifest.copies.map((copy) => copy.certificateNumber)).size).toBe(2);

    const text = textOf(pdfs[0] ?? Buffer.alloc(0));
    for (const shown of ['例示灯', '例示澪', manifest.copies[0]?.certificateNumber ?? '', '窓口県汐見台市長潮田渚', '令和', '世帯全員']) {
      expect(text).toContain(shown);
    }
    const myNumber = shiomidai.residents.find((resident) => resident.residentNumber === '910301')?.myNumber;
    expect(text).toContain(myNumber);
  });

  test('of a part shows whom was chosen and nothing that was not asked for', async () => {
    const visit = new Visit(shiomidaiOffice, await shiomidaiOffice.linkedCard('910201'));
    const offer = await visit.login();
    const chosen = offer.members.filter((member) => ['架空　岬', '架空　波江'].includes(member.name)).map((member) => member.id);
    const { pdfs } = await visit.open(
      await visit.request(visit.requestStatement(offer, { choice: choiceOf(offer, { scope: 'part', members: chosen.toReversed() }) })),
    );
    const text = textOf(pdfs[0] ?? Buffer.alloc(0));
    expect(text.indexOf('架空波江')).toBeLessThan(text.indexOf('架空岬'));
    for (const hidden of ['架空海斗', '架空凪']) expect(text).not.toContain(hidden);
    for (const { myNumber } of shiomidai.residents.filter((resident) => resident.household === '910200')) {
      expect(text).not.toContain(myNumber);
    }
    expect(text).toContain('世帯の一部');
  });

  test('gives the same person the same pseudonym, another person another, another municipality another', async () => {
    const subjectOf = async (office: Office, residentNumber: string): Promise<string> => {
      const visit = new Visit(office, await office.linkedCard(residentNumber));
      return (await visit.open(await visit.request(visit.requestStatement(await visit.login())))).manifest.subject;
    };
    const subject = await subjectOf(shiomidaiOffice, '910101');
    expect(await subjectOf(shiomidaiOffice, '910101')).toBe(subject);
    expect(await subjectOf(shiomidaiOffice, '910201')).not.toBe(subject);
    expect(await subjectOf(aomineOffice, '950101')).not.toBe(subject);
  });

  test('in Aomine is signed by the deputy mayor', async () => {
    const visit = new Visit(aomineOffice, await aomineOffice.linkedCard('950201'));
    const { pdfs } = await visit.open(await visit.request(visit.requestStatement(await visit.login())));
    expect(textOf(pdfs[0] ?? Buffer.alloc(0))).toContain('窓口県青嶺市長職務代理者青嶺市副市長若葉樹');
  });
});
