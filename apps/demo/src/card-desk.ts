// Makes the plastic of a citizen: the My Number Card with fresh keys from the simulated
// JPKI, claimed by whoever claims it, and the cash card of an account at the simulated bank.
// A card is made when it is first put in, and is the same one afterwards: its PIN counter too.
import { createVirtualCashCard } from '#devices/emulated/cash-card/virtual-cash-card.js';
import { createIdCard, type IdCard } from '#devices/emulated/id-card/id-card.js';
import type { VirtualCard } from '#devices/emulated/virtual-card.js';
import type { Resident } from '#libs/contract/register.js';
import type { IssuedCard, IssueCardBody } from '#libs/contract/simulators.js';
import { dayMs, toInstant, type Clock } from '#libs/std/clock.js';
import type { Random } from '#libs/std/random.js';
import type { Citizen } from '../world/citizen-schema.js';
import { getResident } from '../world/registers.js';
import { issueCard, manage } from './management.js';

type Parts = {
  readonly jpkiManagement: string;
  /** Null: the cash card is made without an account behind it. */
  readonly bankManagement: string | null;
  /** Municipality code to management port. */
  readonly municipalities: ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly random: Random;
};

export class CardDesk {
  private readonly idCards = new Map<string, Promise<IdCard>>();
  private readonly cashCards = new Map<string, Promise<VirtualCard>>();

  constructor(private readonly parts: Parts) {}

  idCard(citizen: Citizen): Promise<IdCard> {
    return remembered(this.idCards, citizen.id, () => this.makeIdCard(citizen));
  }

  cashCard(citizen: Citizen): Promise<VirtualCard> {
    return remembered(this.cashCards, citizen.id, () => this.makeCashCard(citizen));
  }

  private async makeIdCard(citizen: Citizen): Promise<IdCard> {
    const resident = getResident(citizen.municipality, citizen.residentNumber);
    const holder = holderOf(resident);
    const issued = await issueCard(this.parts.jpkiManagement, { ...holder, ...validityOf(citizen, this.parts.clock.nowMs()) });
    await this.link(citizen, issued);
    if (citizen.card.certificate === 'revoked') await this.revoke(issued, 'keyCompromise');
    if (citizen.card.certificate === 'suspended') await this.revoke(issued, 'certificateHold');
    const card = createIdCard({
      label: citizen.id,
      issued,
      pins: { authentication: citizen.pin, signature: 'MADOGUCHI1', text: citizen.pin, common: citizen.pin },
      holder,
      // Who has no number yet has the example of the reference on the chip; a kiosk never reads it.
      myNumber: resident.myNumber ?? '123456789018',
      cardNumber: {
        serial: `40${citizen.residentNumber.padStart(13, '0')}`,
        municipality: citizen.municipality.slice(0, 5),
        expiry: '20360331',
        securityCode: '1234',
      },
      story: citizen.card.variant,
      random: this.parts.random,
    });
    const { authentication } = card.pins;
    authentication.setTriesLeft(Math.min(authentication.triesLeft, citizen.card.triesLeft));
    return card;
  }

  private async link(citizen: Citizen, issued: IssuedCard): Promise<void> {
    const { caKeyId, serial } = issued;
    for (const link of citizen.card.links) {
      const management = this.parts.municipalities.get(link.municipality);
      if (management === undefined) continue;
      const usableFrom = toInstant(this.parts.clock.nowMs() + (link.usableFrom === 'tomorrow' ? dayMs : -dayMs));
      const body = { residentNumber: link.residentNumber, caKeyId, serial, usableFrom };
      await manage({ method: 'POST', url: `${management}/card-links`, body });
    }
  }

  private async revoke({ caKeyId, serial }: IssuedCard, reason: 'keyCompromise' | 'certificateHold'): Promise<void> {
    const body = { caKeyId, serial, reason };
    await manage({ method: 'POST', url: `${this.parts.jpkiManagement}/revocations`, body });
  }

  private async makeCashCard(citizen: Citizen): Promise<VirtualCard> {
    const { pan, panSequence, pin, expiry, balanceYen } = citizen.bankAccount;
    const body = { pan, panSequence, pin, balanceYen };
    const { bankManagement } = this.parts;
    if (bankManagement !== null) await manage({ method: 'POST', url: `${bankManagement}/accounts`, body });
    return createVirtualCashCard({ label: `${citizen.id} (cash card)`, pan, panSequence, expires: `${expiry}28` });
  }
}

function remembered<T>(made: Map<string, Promise<T>>, id: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(id);
  if (known !== undefined) return known;
  const card = make();
  made.set(id, card);
  // A desk that failed once may be asked again.
  card.catch(() => made.delete(id));
  return card;
}

function holderOf(resident: Resident): Pick<IssueCardBody, 'name' | 'address' | 'birthDate' | 'sex'> {
  return {
    name: resident.name,
    address: resident.address.line,
    birthDate: dateOnCard(resident.birthDate),
    sex: resident.sex === '1' || resident.sex === '2' ? resident.sex : '9',
  };
}

/** YYYYMMDD. A chip has no word for an unknown year, month or day (不詳); these cards have the first there is. */
function dateOnCard(birthDate: string): string {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const isUnknown = (part: string): boolean => /^(00|99)+$/.test(part);
  return [isUnknown(year) ? '1900' : year, isUnknown(month) ? '01' : month, isUnknown(day) ? '01' : day].join('');
}

function validityOf(citizen: Citizen, nowMs: number): Pick<IssueCardBody, 'notBefore' | 'notAfter'> {
  switch (citizen.card.certificate) {
    case 'expired':
      return { notBefore: toInstant(nowMs - 5 * 365 * dayMs), notAfter: toInstant(nowMs - dayMs) };
    case 'expires-soon':
      return { notAfter: toInstant(nowMs + 30 * dayMs) };
    case 'valid':
    case 'revoked':
    case 'suspended':
      return {};
  }
}
