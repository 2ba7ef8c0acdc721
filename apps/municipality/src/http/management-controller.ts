// See management-schema.ts.
import { Body, Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import { httpProblem } from '#libs/contract/edge.js';
import { registerFileSchema, type CardLink, type RegisterFile } from '#libs/contract/register.js';
import type { Parts } from '../issuance/parts.js';
import { limits } from '../limits.js';
import { waitUntilTaken } from '../links/pusher.js';
import { importRegister } from '../registers/import.js';
import { readIssuances } from '../storage/issuance.js';
import { linkCard, unlinkCard, type CardId } from '../storage/card-links.js';
import { findLastPush, wantPushAll } from '../storage/pushes.js';
import { findResident, setStopped } from '../storage/registers.js';
import {
  emergencyStopSchema,
  issuancesSchema,
  linkCardAnswerSchema,
  linkCardBodySchema,
  pushAllBodySchema,
  registerAnswerSchema,
  unlinkCardBodySchema,
} from './management-schema.js';

export const MANAGED = Symbol('managed');
export type Managed = Parts & {
  readonly centerUrl: string;
  /** Sets the worker going that tells the center. */ readonly wake: () => Promise<void>;
};

@Controller()
export class ManagementController {
  constructor(@Inject(MANAGED) private readonly managed: Managed) {}

  @Post('register')
  @HttpCode(200)
  async register(@Body({ schema: registerFileSchema }) file: RegisterFile): Promise<z.infer<typeof registerAnswerSchema>> {
    const imported = await importRegister(this.managed, file);
    if (!imported.ok) throw httpProblem(409, imported.error.code, `この台帳ファイルは取り込めません。${imported.error.detail ?? ''}`);
    await this.managed.wake();
    return registerAnswerSchema.parse(imported.value);
  }

  @Post('card-links')
  @HttpCode(200)
  async linkCard(@Body({ schema: linkCardBodySchema }) link: CardLink): Promise<z.infer<typeof linkCardAnswerSchema>> {
    const sequence = await this.managed.store.write(async (manager) => {
      const resident = await findResident(manager, link.residentNumber);
      return resident === null ? null : linkCard(manager, link);
    });
    if (sequence === null) throw httpProblem(404, 'no-such-resident', 'この宛名番号の住民は登録されていません。');
    return this.told(sequence);
  }

  @Post('card-unlinks')
  @HttpCode(200)
  async unlinkCard(@Body({ schema: unlinkCardBodySchema }) card: CardId): Promise<z.infer<typeof linkCardAnswerSchema>> {
    const sequence = await this.managed.store.write((manager) => unlinkCard(manager, card));
    if (sequence === null) throw httpProblem(404, 'no-such-card', 'このカードは登録されていません。');
    return this.told(sequence);
  }

  @Post('card-link-pushes')
  @HttpCode(200)
  async pushAll(@Body({ schema: pushAllBodySchema }) _body: object): Promise<z.infer<typeof linkCardAnswerSchema>> {
    if (!(await this.managed.store.write(wantPushAll))) throw httpProblem(404, 'no-register', '台帳がまだ取り込まれていません。');
    await this.told(0);
    return linkCardAnswerSchema.parse({ sequence: await findLastPush(this.managed.store.read) });
  }

  private async told(sequence: number): Promise<z.infer<typeof linkCardAnswerSchema>> {
    await this.managed.wake();
    const waited = await waitUntilTaken(this.managed, sequence);
    if (waited === 'center-unreachable') {
      throw httpProblem(503, waited, '証明書交付センターに届いていません。届くまで送り続けます。');
    }
    if (waited === 'center-refused') throw httpProblem(502, waited, '証明書交付センターが受け付けません。受け付けるまで送り続けます。');
    return linkCardAnswerSchema.parse({ sequence });
  }

  @Put('emergency-stop')
  async emergencyStop(
    @Body({ schema: emergencyStopSchema }) body: z.infer<typeof emergencyStopSchema>,
  ): Promise<z.infer<typeof emergencyStopSchema>> {
    await this.managed.store.write((manager) => setStopped(manager, body.stopped));
    this.managed.log.warn('emergency-stop', { stopped: body.stopped });
    return emergencyStopSchema.parse(body);
  }

  @Get('issuances')
  async issuances(): Promise<z.infer<typeof issuancesSchema>> {
    return issuancesSchema.parse({ copies: await readIssuances(this.managed.store.read, limits.issuancesListed) });
  }
}
