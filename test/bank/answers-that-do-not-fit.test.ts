// A host that answers almost what was asked. What does not fit is no answer: unknown.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FrameReader } from '#libs/iso8583/framing.js';
import { getText, message, type FieldValue, type Message } from '#libs/iso8583/message.js';
import { answerMti, echoed } from '#libs/iso8583/profile.js';
import type { HostLink, PurchaseOutcome } from '../../apps/kiosk/src/host-link/host-link.js';
import { hostLinkLimits } from '../../apps/kiosk/src/host-link/limits.js';
import { Deadlines, openLink, Purchases, recordingLog, signedOn, until } from './branch.js';
import { listen } from './listener.js';
import { changed, frameOf, read } from './raw-host.js';

const open: { close(): unknown }[] = [];
let deadlines: Deadlines;
let logged: ReturnType<typeof recordingLog>;

beforeEach(() => {
  deadlines = new Deadlines(hostLinkLimits.answerTimeoutMs);
  logged = recordingLog();
});

afterEach(async () => {
  for (const thing of open.splice(0).toReversed()) await thing.close();
});

/** The right answer to a request: approved, or reversed. */
function rightAnswer(request: Message): Message {
  const mti = answerMti(request.mti);
  if (mti === null) throw new Error('no request');
  const values: Record<number, FieldValue | undefined> = { 39: '00' };
  for (const number of echoed[mti]) values[number] = request.fields.get(number);
  if (mti !== '0430') values[15] = '1124';
  if (mti === '0210') values[38] = 'A00001';
  return message(mti, values);
}

async function hostThat(spoil: (answer: Message) => Message): Promise<HostLink> {
  const host = await listen((socket) => {
    const reader = new FrameReader();
    socket.on('data', (chunk) => {
      const frames = reader.push(chunk);
      if (!frames.ok) return;
      for (const request of frames.value.map(read)) {
        const answer = rightAnswer(request);
        socket.write(frameOf(answer.mti === '0810' ? answer : spoil(answer)));
      }
    });
  });
  open.push(host);
  const link = await signedOn(openLink(host.port, { clock: deadlines.clock, log: logged.log }));
  open.push(link);
  return link;
}

/** The outcome after an answer that nobody waits for has come. */
async function passedOver(link: HostLink): Promise<PurchaseOutcome> {
  const outcome = link.purchase(new Purchases().next(300));
  await until(() => logged.codes.includes('unmatched-answer'));
  await deadlines.pass();
  return outcome;
}

describe('an answer', () => {
  it('that fits is taken', async () => {
    const link = await hostThat((answer) => answer);
    const purchases = new Purchases();
    const purchase = purchases.next(300);
    expect(await link.purchase(purchase)).toEqual({
      outcome: 'approved',
      responseCode: '00',
      approvalCode: 'A00001',
      businessDate: '1124',
    });
    expect(await link.reverse(purchases.reversalOf(purchase), { repeat: false })).toEqual({ outcome: 'reversed', responseCode: '00' });
  });

  it.each([
    ['another amount', { 4: '000000000301' }],
    ['another card', { 2: '9392999900000027' }],
    ['another reference number', { 37: '632601999999' }],
    ['another branch', { 42: 'BANK9999BR00002' }],
    ['no approval code', { 38: undefined }],
    ['no business date', { 15: undefined }],
    ['no response code', { 38: undefined, 39: undefined }],
    ['an approval code for a refusal', { 39: '51' }],
    ['a MAC that nobody checks', { 64: Buffer.alloc(8) }],
  ])('with %s is none', async (_name, changes) => {
    const link = await hostThat((answer) => changed(answer, changes));
    expect(await link.purchase(new Purchases().next(300))).toEqual({ outcome: 'unknown', cause: 'malformed-answer' });
    expect(link.isSignedOn()).toBe(true);
  });

  it.each([
    ['STAN', { 11: '999999' }],
    ['time', { 7: '0101000000' }],
    ['kiosk', { 41: 'KSK00002' }],
  ])("to another %s is somebody else's: we go on waiting", async (_name, changes) => {
    const link = await hostThat((answer) => changed(answer, changes));
    expect(await passedOver(link)).toEqual({ outcome: 'unknown', cause: 'timed-out' });
  });

  it('of another class of message is not the answer to a purchase', async () => {
    const link = await hostThat((answer) => ({ ...answer, mti: '0430' }));
    expect(await passedOver(link)).toEqual({ outcome: 'unknown', cause: 'timed-out' });
  });

  it('that is our own request sent back is not taken', async () => {
    const link = await hostThat((answer) => ({ ...answer, mti: '0200' }));
    expect(await link.purchase(new Purchases().next(300))).toEqual({ outcome: 'unknown', cause: 'malformed-answer' });
  });

  it('to a reversal with another original is none', async () => {
    const link = await hostThat((answer) => changed(answer, { 90: String(getText(answer, 90)).replace(/^0200......../, '020000000100') }));
    const purchases = new Purchases();
    purchases.nextStan();
    const outcome = await link.reverse(purchases.reversalOf(purchases.next(300)), { repeat: false });
    expect(outcome).toEqual({ outcome: 'no-answer', cause: 'malformed-answer' });
  });
});
