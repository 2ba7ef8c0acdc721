// What `npm run issue -- --fault NAME` makes go wrong, and when: at the screen named, before
// the person does anything.
import type { ScreenName } from '#libs/contract/screen.js';
import { printerFaults, type EmulatedPrinterFault } from '#devices/emulated/printer/job.js';
import { bankFaults, jpkiFaults } from '#libs/contract/simulators.js';
import type { Citizen } from '../world/citizen-schema.js';
import type { Branch } from './branch.js';
import { limits } from './limits.js';
import { manage } from './management.js';

export type Fault = {
  readonly name: string;
  readonly at: ScreenName;
  readonly happen: (branch: Branch, citizen: Citizen) => Promise<void>;
  /** Makes the branch whole again, for the next person. */
  readonly heal: (branch: Branch, citizen: Citizen) => Promise<void>;
  /** How the visit must end for the citizen. */
  readonly ends: 'delivered' | readonly string[];
};

/** The parts of a branch that a fault can kill; of the municipalities it is the citizen's own. */
const killable = ['issuance-center', 'municipality', 'bank-sim', 'staff'] as const;
type Killable = (typeof killable)[number];

const processOf = (part: Killable, { municipality }: Citizen): string => (part === 'municipality' ? `${part}-${municipality}` : part);

const nothingToHeal = async (): Promise<void> => undefined;

const healJpki = async ({ addresses }: Branch): Promise<void> => {
  await manage({ method: 'PUT', url: `${addresses.jpkiManagement}/fault`, body: { fault: 'none' } });
};
const healBank = async ({ addresses }: Branch): Promise<void> => {
  await manage({ method: 'PUT', url: `${addresses.bankManagement}/fault`, body: { fault: 'none' } });
};
const healPrinter = async ({ bench }: Branch): Promise<void> => bench.printer.setFault('none');

export const faults: readonly Fault[] = [
  ...jpkiFaults
    .filter((fault) => fault !== 'none')
    .map((fault): Fault => ({
      name: `jpki-${fault}`,
      at: 'enter-pin',
      happen: async ({ addresses }) => {
        const body = fault === 'slow' ? { fault, delayMs: limits.slowAnswerMs } : { fault };
        await manage({ method: 'PUT', url: `${addresses.jpkiManagement}/fault`, body });
      },
      heal: healJpki,
      ends: fault === 'slow' ? 'delivered' : [fault === 'unknown-status' ? 'certificate-unknown' : 'revocation-unknown'],
    })),
  ...bankFaults
    .filter((fault) => fault !== 'none')
    .map((fault): Fault => ({
      name: `bank-${fault}`,
      at: 'enter-bank-pin',
      happen: async ({ addresses }) => {
        await manage({ method: 'PUT', url: `${addresses.bankManagement}/fault`, body: bankFaultBody(fault) });
      },
      heal: healBank,
      ends: endOfBankFault(fault),
    })),
  ...printerFaults
    .filter((fault) => fault !== 'none')
    .map((fault): Fault => ({
      name: `printer-${fault}`,
      at: 'take-cash-card',
      happen: async ({ bench }) => {
        bench.printer.setFault(fault);
      },
      heal: healPrinter,
      ends: endOfPrinterFault(fault),
    })),
  pulled('card-pulled-at-login', 'logging-in'),
  pulled('card-pulled-at-choice', 'choose'),
  {
    name: 'cash-card-pulled',
    at: 'enter-bank-pin',
    happen: ({ bench }) => bench.remove('2'),
    heal: nothingToHeal,
    ends: ['cash-card-pulled'],
  },
  {
    name: 'slip-paper-out',
    at: 'review',
    happen: async ({ bench }) => void bench.breakReceiptPrinter('out-of-paper'),
    heal: async ({ bench }) => void bench.breakReceiptPrinter('none'),
    ends: ['receipt-printer-not-ready'],
  },
  ...killable.map((part): Fault => ({
    name: `${part}-down`,
    at: 'review',
    happen: async ({ processes }, citizen) => processes.get(processOf(part, citizen))?.stop(),
    heal: (branch, citizen) => branch.restart(processOf(part, citizen)),
    ends: endOfDeadPart(part),
  })),
];

function endOfDeadPart(part: Killable): Fault['ends'] {
  switch (part) {
    case 'issuance-center':
      return ['center-unreachable'];
    case 'municipality':
      return ['municipality-unreachable'];
    case 'bank-sim':
      return ['bank-not-ready'];
    case 'staff':
      return 'delivered';
  }
}

function endOfBankFault(fault: (typeof bankFaults)[number]): Fault['ends'] {
  if (fault === 'slow' || fault === 'duplicate-response' || fault === 'none') return 'delivered';
  return fault === 'decline' ? ['charge-declined'] : ['charge-unknown'];
}

function endOfPrinterFault(fault: EmulatedPrinterFault): Fault['ends'] {
  switch (fault) {
    case 'none':
    case 'slow':
    case 'missing-attributes':
      return 'delivered';
    case 'out-of-paper':
    case 'jam-before-first-sheet':
    case 'stopped':
    case 'offline':
      return ['not-printed'];
    case 'jam-after-one-sheet':
    case 'canceled-with-sheets-out':
    case 'lost-after-restart':
      return ['print-uncertain'];
  }
}

function bankFaultBody(fault: (typeof bankFaults)[number]): object {
  if (fault === 'decline') return { fault, responseCode: '61', times: 1 };
  if (fault === 'slow') return { fault, delayMs: limits.slowAnswerMs, times: 1 };
  return fault === 'late' ? { fault, delayMs: limits.lateAnswerMs, times: 1 } : { fault, times: 1 };
}

function pulled(name: string, at: ScreenName): Fault {
  return { name, at, happen: ({ bench }) => bench.remove('1'), heal: nothingToHeal, ends: ['card-pulled'] };
}

export function findFault(name: string): Fault | null {
  return faults.find((fault) => fault.name === name) ?? null;
}
