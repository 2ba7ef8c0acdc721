// The staff part's API (libs/contract/staff.ts).
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { uuid } from '#libs/contract/base.js';
import { healthSchema } from '#libs/contract/center.js';
import { httpProblem } from '#libs/contract/edge.js';
import { callSchema, caseSchema, closeBodySchema, openListSchema, takenSchema, type Call, type Case } from '#libs/contract/staff.js';
import { toInstant, type Clock } from '#libs/std/clock.js';
import { MatterStore } from './storage/matter-store.js';

export const clockToken = Symbol('clock');
export const kiosksToken = Symbol('kiosks');
type CloseBody = z.infer<typeof closeBodySchema>;

@Controller()
export class MattersController {
  constructor(
    @Inject(MatterStore) private readonly matters: MatterStore,
    @Inject(clockToken) private readonly clock: Clock,
    @Inject(kiosksToken) private readonly kiosks: readonly string[],
  ) {}

  @Put('v1/calls/:id')
  takeCall(@Param('id', { schema: uuid }) id: string, @Body({ schema: callSchema }) call: Call): Promise<unknown> {
    return this.take({ id, type: 'call', named: call.call, kiosk: call.kiosk, content: JSON.stringify(call) });
  }

  @Put('v1/cases/:id')
  takeCase(@Param('id', { schema: uuid }) id: string, @Body({ schema: caseSchema }) matter: Case): Promise<unknown> {
    return this.take({ id, type: 'case', named: matter.case, kiosk: matter.kiosk, content: JSON.stringify(matter) });
  }

  @Get('v1/open')
  async open(): Promise<unknown> {
    const [calls, cases] = await Promise.all([this.matters.open('call'), this.matters.open('case')]);
    const contents = (rows: readonly { content: string }[]): unknown[] => rows.map((row) => JSON.parse(row.content));
    return openListSchema.parse({ calls: contents(calls), cases: contents(cases) });
  }

  @Post('v1/calls/:id/close')
  @HttpCode(200)
  closeCall(@Param('id', { schema: uuid }) id: string, @Body({ schema: closeBodySchema }) body: CloseBody): Promise<unknown> {
    return this.close({ id, type: 'call', ...body });
  }

  @Post('v1/cases/:id/close')
  @HttpCode(200)
  closeCase(@Param('id', { schema: uuid }) id: string, @Body({ schema: closeBodySchema }) body: CloseBody): Promise<unknown> {
    return this.close({ id, type: 'case', ...body });
  }

  /** `degraded`: no call and no case can be taken now. */
  @Get('health')
  async health(): Promise<unknown> {
    const status = (await this.matters.canTake()) ? 'ok' : 'degraded';
    return healthSchema.parse({ status, part: 'staff', time: toInstant(this.clock.nowMs()) });
  }

  private async take(matter: { id: string; type: 'call' | 'case'; named: string; kiosk: string; content: string }): Promise<unknown> {
    const { id, type, named, kiosk, content } = matter;
    if (named !== id) throw httpProblem(400, 'id-mismatch', '番号が一致しません。');
    if (!this.kiosks.includes(kiosk)) throw httpProblem(403, 'unknown-kiosk', '登録されていない端末です。');
    const takenMs = this.clock.nowMs();
    const answer = await this.matters.take({ id, type, content, takenMs });
    if (answer === 'conflict') throw httpProblem(409, 'other-content', '同じ番号で異なる内容が届いています。');
    return takenSchema.parse({ id, time: toInstant(takenMs) });
  }

  private async close(matter: { id: string; type: 'call' | 'case'; outcome: string; staff: string }): Promise<unknown> {
    const closedMs = this.clock.nowMs();
    const answer = await this.matters.close({ ...matter, closedMs });
    if (answer === 'not-open') throw httpProblem(409, 'not-open', 'すでに完了しているか、見つかりません。');
    return takenSchema.parse({ id: matter.id, time: toInstant(closedMs) });
  }
}
