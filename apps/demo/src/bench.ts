// What hands do in a branch: put cards in, press the PIN pad's keys, take paper out, make
// the printers fail. The devices lie here, outside the kiosk's process, and the kiosk reaches
// them as it would reach real ones.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EmulatedPinPad } from '#devices/emulated/emulated-pin-pad.js';
import { startEmulatedPinPad } from '#devices/emulated/emulated-pin-pad.js';
import type { SlotEndpoint } from '#devices/emulated/pcsc/line.js';
import { printerFaults } from '#devices/emulated/printer/job.js';
import { startEmulatedPrinter, type EmulatedPrinter } from '#devices/emulated/printer/start.js';
import { receiptPrinterFaults, startEmulatedReceiptPrinter, type EmulatedReceiptPrinter } from '#devices/emulated/receipt-printer.js';
import { createVirtualSlot, type SlotFault, type VirtualSlot } from '#devices/emulated/virtual-slot.js';
import type { BenchKey, BenchSlot } from '#libs/contract/bench.js';
import type { BenchState } from '#libs/contract/simulators.js';
import { deriveInitialKey } from '#libs/paycrypto/dukpt.js';
import type { Clock } from '#libs/std/clock.js';
import type { Random } from '#libs/std/random.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { findCitizen } from '../world/citizens.js';
import type { CardDesk } from './card-desk.js';

export type BenchOptions = {
  readonly folder: string;
  readonly slots: readonly [SlotEndpoint, SlotEndpoint];
  /** Base derivation key of the simulated bank; the pad gets only its own initial key. */
  readonly bdk: Buffer;
  readonly msPerPage: number;
  readonly clock: Clock;
  readonly random: Random;
};

export type BenchFault = { readonly code: 'unknown-citizen' | 'unknown-fault' | SlotFault['code']; readonly detail: string };

type Devices = { readonly printer: EmulatedPrinter; readonly pinPad: EmulatedPinPad; readonly receipt: EmulatedReceiptPrinter };

/** X9.24-1: the key set and device of this pad, its counter at zero. */
const keySerialNumber = Buffer.from('FFFF9876543210E00000', 'hex');

export class Bench {
  private sequence = 0;
  private readonly listeners = new Set<() => void>();
  private readonly citizenIn: { 1: string | null; 2: string | null } = { 1: null, 2: null };
  private readonly slots: { readonly 1: VirtualSlot; readonly 2: VirtualSlot };
  desk: CardDesk | null = null;

  readonly printer: EmulatedPrinter;
  readonly pinPad: EmulatedPinPad;
  readonly receipt: EmulatedReceiptPrinter;

  private constructor({ printer, pinPad, receipt }: Devices, options: BenchOptions) {
    this.printer = printer;
    this.pinPad = pinPad;
    this.receipt = receipt;
    const slot = (endpoint: SlotEndpoint): VirtualSlot => createVirtualSlot({ endpoint, clock: options.clock });
    this.slots = { 1: slot(options.slots[0]), 2: slot(options.slots[1]) };
    const changed = (): void => this.changed();
    printer.onChange(changed);
    pinPad.onChange(changed);
    receipt.onChange(changed);
  }

  static async start(options: BenchOptions): Promise<Bench> {
    const { clock, random } = options;
    const directory = join(options.folder, 'tray');
    mkdirSync(directory, { recursive: true });
    const printer = await startEmulatedPrinter({ directory, host: '127.0.0.1', port: 0, clock, random, msPerPage: options.msPerPage });
    const initialKey = deriveInitialKey(options.bdk, keySerialNumber);
    const pinPad = await startEmulatedPinPad({ initialKey, ksn: keySerialNumber, clock });
    const receipt = await startEmulatedReceiptPrinter({ host: '127.0.0.1', port: 0, random });
    return new Bench({ printer, pinPad, receipt }, options);
  }

  slot(slot: BenchSlot): VirtualSlot {
    return this.slots[slot];
  }

  async insert(slot: BenchSlot, citizenId: string): Promise<Result<void, BenchFault>> {
    const citizen = findCitizen(citizenId);
    if (citizen === null || this.desk === null) return err({ code: 'unknown-citizen', detail: citizenId });
    const card = slot === '1' ? await this.desk.idCard(citizen) : await this.desk.cashCard(citizen);
    const there = this.slots[slot].card();
    if (there !== null) return err({ code: 'slot-occupied', detail: there.label });
    // Before the reader has noticed it: it is in the slot already, and it is nobody else's.
    this.citizenIn[slot] = citizen.id;
    const inserting = this.slots[slot].insert(card);
    this.changed();
    const inserted = await inserting;
    if (!inserted.ok) this.changed();
    return inserted;
  }

  async remove(slot: BenchSlot): Promise<void> {
    await this.slots[slot].remove();
    this.changed();
  }

  press(key: BenchKey): void {
    if (key === 'enter') this.pinPad.pressEnter();
    else if (key === 'clear') this.pinPad.pressClear();
    else if (key === 'cancel') this.pinPad.pressCancel();
    else this.pinPad.pressDigit(Number(key));
  }

  breakPrinter(fault: string): Result<void, BenchFault> {
    const known = printerFaults.find((candidate) => candidate === fault);
    if (known === undefined) return err({ code: 'unknown-fault', detail: fault });
    this.printer.setFault(known);
    return ok(undefined);
  }

  breakReceiptPrinter(fault: string): Result<void, BenchFault> {
    const known = receiptPrinterFaults.find((candidate) => candidate === fault);
    if (known === undefined) return err({ code: 'unknown-fault', detail: fault });
    this.receipt.setFault(known);
    return ok(undefined);
  }

  state(): BenchState {
    const printer = this.printer.state();
    const cardIn = (slot: BenchSlot): string | null => (this.slots[slot].card() === null ? null : this.citizenIn[slot]);
    return {
      sequence: this.sequence,
      slots: [
        { slot: '1', card: cardIn('1') },
        { slot: '2', card: cardIn('2') },
      ],
      pinPad: this.pinPad.state(),
      printer: {
        state: [printer.state, ...printer.reasons].join(', '),
        fault: printer.fault,
        tray: printer.tray.map(({ id, jobName, pages, file }) => ({ id, jobName, pages: [...pages], path: file })),
        paper: printer.paper,
      },
      receipt: {
        fault: this.receipt.state().fault,
        slips: this.receipt.state().slips.map((slip) => slip.lines.map((line) => line.text).join('\n')),
      },
    };
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.listeners.clear();
    await Promise.all([this.slots[1].remove(), this.slots[2].remove()]);
    await Promise.all([this.printer.close(), this.pinPad.close(), this.receipt.close()]);
  }

  private changed(): void {
    this.sequence += 1;
    for (const listener of this.listeners) listener();
  }
}
