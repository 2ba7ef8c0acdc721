// Can this sheet be drawn at all: asked before anything is offered, because a refusal that
// comes only at the request would tell by its step that a character or a length is the
// reason (DESIGN §4, "Refusals do not speak"). Everything that the offer will allow is laid
// out; what is drawn at the request is checked again.
import type { Entitlement } from '#libs/certificate/eligibility.js';
import type { Resident, Settings } from '#libs/contract/register.js';
import type { CertificateChoice } from '#libs/contract/statements.js';
import type { PaperRefusal } from '#libs/paper/refusal.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { RegisterFacts } from '../storage/registers.js';
import type { Parts } from './parts.js';
import { makeSheet } from './sheet.js';

export type Drawable = {
  readonly findUndrawable: Parts['findUndrawable'];
  readonly register: RegisterFacts;
  /** Today in Japan, YYYY-MM-DD. */
  readonly date: string;
};

/**
 * The entitlement as it was when all of it can be drawn; the asker alone when only the rest
 * of the household cannot; otherwise the asker's own refusal.
 */
export function drawableEntitlement(drawable: Drawable, asker: Resident, entitlement: Entitlement): Result<Entitlement, PaperRefusal> {
  const whole = layOut(drawable, entitlement.members, entitlement.relationship);
  if (whole === null) return ok(entitlement);
  const own = layOut(drawable, [asker], false);
  if (own !== null) return err(own);
  const member = entitlement.members[Number(/^people\[(\d+)\]/.exec(whole.field)?.[1] ?? -1)] ?? headOf(entitlement.members) ?? asker;
  const withheld = { reason: whole.code, residentNumber: member.residentNumber, detail: describePaperRefusal(whole) };
  return ok({ members: [asker], scopes: ['part'], relationship: false, withheld: [...entitlement.withheld, withheld] });
}

/** With everything that the offer would allow. */
function layOut({ findUndrawable, register, date }: Drawable, people: readonly Resident[], relationship: boolean): PaperRefusal | null {
  const allows = register.settings.kinds['resident-record']?.allows ?? { relationship: true, domicile: true, myNumber: true };
  const items = { ...allows, relationship: allows.relationship && relationship };
  const choice: CertificateChoice = { kind: 'resident-record', scope: 'household', members: [], ...items };
  const { head } = register.settings;
  const sheet = { people, headOfHousehold: headOf(people), choice, head, date, requestSha256: '0'.repeat(64) };
  return findUndrawable(makeSheet(sheet, `${register.municipality.code}-000000000`));
}

/** Of nobody, and of as little as an entry can hold. */
const specimen: Resident = {
  residentNumber: '1',
  household: '1',
  order: 1,
  name: '見本',
  nameReading: null,
  formerName: null,
  formerNameReading: null,
  birthDate: '2000-01-01',
  sex: '0',
  relationship: '世帯主',
  address: { line: '見本', building: null },
  domicile: null,
  headOfFamilyRegister: null,
  becameResidentOn: null,
  addressSince: null,
  notifiedOn: null,
  addressBeforeMovingIn: null,
  myNumber: null,
  status: 'resident',
  flags: { protected: false, characterPending: false, movedInToday: false },
  foreign: null,
  eventNumber: 1,
};

type Issuer = { readonly findUndrawable: Parts['findUndrawable']; readonly code: string; readonly settings: Pick<Settings, 'head'> };

/** What stands on everybody's sheet: a title or name that cannot be printed would send the whole town to the counter. */
export function findUndrawableIssuer({ findUndrawable, code, settings: { head } }: Issuer): PaperRefusal | null {
  const choice: CertificateChoice = {
    kind: 'resident-record',
    scope: 'part',
    members: [],
    relationship: false,
    domicile: false,
    myNumber: false,
  };
  const sheet = { people: [specimen], headOfHousehold: null, choice, head, date: '2026-12-28', requestSha256: '0'.repeat(64) };
  return findUndrawable(makeSheet(sheet, `${code}-000000000`));
}

function headOf(people: readonly Resident[]): Resident | null {
  return people.find((member) => member.relationship === '世帯主') ?? null;
}

/** For the officer who has to find the character: which field, which code points. */
export function describePaperRefusal(paper: PaperRefusal): string {
  if (paper.code === 'does-not-fit') return paper.field;
  return `${paper.field} ${paper.codePoints.map((point) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`).join(' ')}`;
}
