// The demo's server for the bench page (libs/contract/bench.ts): what hands do in a branch.
import { createReadStream } from 'node:fs';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Sse, StreamableFile, type MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';
import type { z } from 'zod';
import { receiptPrinterFaults } from '#devices/emulated/receipt-printer.js';
import { printerFaults } from '#devices/emulated/printer/job.js';
import {
  benchCitizensSchema,
  benchFaultBodySchema,
  benchKeyBodySchema,
  benchPaperBodySchema,
  benchSettingsSchema,
  benchSlot,
  benchSlotBodySchema,
  type BenchCitizen,
  type BenchSettings,
  type BenchSlot,
} from '#libs/contract/bench.js';
import { httpProblem } from '#libs/contract/edge.js';
import { unreachable } from '#libs/std/assert.js';
import type { Result } from '#libs/std/result.js';
import { citizens } from '../world/citizens.js';
import { municipalities } from '../world/registers.js';
import { Bench, type BenchFault } from './bench.js';

export const kioskUrlToken = Symbol('kiosk url');

type SlotBody = z.infer<typeof benchSlotBodySchema>;
type FaultBody = z.infer<typeof benchFaultBodySchema>;

@Controller('bench')
export class BenchController {
  constructor(
    @Inject(Bench) private readonly bench: Bench,
    @Inject(kioskUrlToken) private readonly kioskUrl: string,
  ) {}

  @Sse('events')
  events(): Observable<MessageEvent> {
    return new Observable((subscriber) => {
      const send = (): void => subscriber.next({ data: this.bench.state() });
      send();
      return this.bench.onChange(send);
    });
  }

  @Get('settings')
  settings(): BenchSettings {
    const faults = { printerFaults: [...printerFaults], receiptFaults: [...receiptPrinterFaults] };
    return benchSettingsSchema.parse({ kioskUrl: this.kioskUrl, ...faults });
  }

  @Get('citizens')
  citizens(): BenchCitizen[] {
    const names = new Map<string, string>(municipalities.map(({ register: { municipality } }) => [municipality.code, municipality.name]));
    return benchCitizensSchema.parse(
      citizens.map(({ id, storyJa, pin, card, bankAccount, municipality }) => ({
        id,
        story: storyJa,
        pin: card.variant === 'without-pin' ? null : pin,
        bankPin: bankAccount.pin,
        municipality: names.get(municipality) ?? '不参加の村',
      })),
    );
  }

  @Put('slots/:slot')
  @HttpCode(204)
  async putCard(
    @Param('slot', { schema: benchSlot }) slot: BenchSlot,
    @Body({ schema: benchSlotBodySchema }) body: SlotBody,
  ): Promise<void> {
    if (body.citizen === null) return this.bench.remove(slot);
    refuse(await this.bench.insert(slot, body.citizen));
  }

  @Post('pin-pad/keys')
  @HttpCode(204)
  press(@Body({ schema: benchKeyBodySchema }) { key }: z.infer<typeof benchKeyBodySchema>): void {
    this.bench.press(key);
  }

  @Put('printer/fault')
  @HttpCode(204)
  breakPrinter(@Body({ schema: benchFaultBodySchema }) { fault }: FaultBody): void {
    refuse(this.bench.breakPrinter(fault));
  }

  @Post('printer/paper')
  @HttpCode(204)
  addPaper(@Body({ schema: benchPaperBodySchema }) { sheets }: z.infer<typeof benchPaperBodySchema>): void {
    if (sheets === 0) this.bench.printer.setFault('out-of-paper');
    else this.bench.printer.addPaper(sheets);
  }

  @Post('printer/take')
  @HttpCode(204)
  takePaper(): void {
    this.bench.printer.takeSheets();
  }

  @Get('sheets/:id')
  sheet(@Param('id') id: string): StreamableFile {
    const sheet = this.bench.printer.state().tray.find((candidate) => candidate.id === id);
    if (sheet === undefined) throw httpProblem(404, 'no-such-sheet', 'トレイにその用紙はありません。');
    return new StreamableFile(createReadStream(sheet.file), { type: 'application/pdf' });
  }

  @Put('receipt/fault')
  @HttpCode(204)
  breakReceiptPrinter(@Body({ schema: benchFaultBodySchema }) { fault }: FaultBody): void {
    refuse(this.bench.breakReceiptPrinter(fault));
  }
}

function refuse(result: Result<unknown, BenchFault>): void {
  if (!result.ok) throw httpProblem(409, result.error.code, sentenceOf(result.error));
}

function sentenceOf({ code, detail }: BenchFault): string {
  switch (code) {
    case 'slot-occupied':
      return `このスロットにはもうカードが入っています（${detail}）。`;
    case 'card-not-noticed':
      return 'リーダーがカードに気づかないまま、カードが抜かれました。もう一度入れてください。';
    case 'unknown-citizen':
    case 'unknown-fault':
      return `その名前のものはありません（${detail}）。`;
    default:
      return unreachable(code);
  }
}
