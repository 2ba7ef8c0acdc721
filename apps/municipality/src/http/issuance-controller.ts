// The municipality's API for the center (libs/contract/municipality.ts).
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import { uuid } from '#libs/contract/base.js';
import {
  goAheadAnswerSchema,
  goAheadBodySchema,
  healthSchema,
  outcomeAnswerSchema,
  outcomeBodySchema,
  type GoAheadAnswer,
  type GoAheadQuestion,
} from '#libs/contract/center.js';
import {
  forwardedLoginAnswerSchema,
  forwardedLoginBodySchema,
  forwardedRequestAnswerSchema,
  forwardedRequestBodySchema,
} from '#libs/contract/municipality.js';
import { toInstant } from '#libs/std/clock.js';
import type { ForwardedBody } from '../issuance/forwarded.js';
import { goAhead } from '../issuance/go-ahead.js';
import { login } from '../issuance/login.js';
import { recordOutcome } from '../issuance/outcome.js';
import type { Parts } from '../issuance/parts.js';
import { prepare } from '../issuance/prepare.js';
import { findRegister } from '../storage/registers.js';
import { orProblem } from './problems.js';

export const PARTS = Symbol('parts');

@Controller()
export class IssuanceController {
  constructor(@Inject(PARTS) private readonly parts: Parts) {}

  @Post('v1/logins')
  @HttpCode(200)
  async login(@Body({ schema: forwardedLoginBodySchema }) body: ForwardedBody): Promise<z.infer<typeof forwardedLoginAnswerSchema>> {
    return forwardedLoginAnswerSchema.parse(orProblem(await login(this.parts, body), this.parts.log));
  }

  @Post('v1/requests')
  @HttpCode(200)
  async request(@Body({ schema: forwardedRequestBodySchema }) body: ForwardedBody): Promise<z.infer<typeof forwardedRequestAnswerSchema>> {
    return forwardedRequestAnswerSchema.parse(orProblem(await prepare(this.parts, body), this.parts.log));
  }

  @Post('v1/requests/:request/go-ahead')
  @HttpCode(200)
  async goAhead(
    @Param('request', { schema: uuid }) request: string,
    @Body({ schema: goAheadBodySchema }) asked: GoAheadQuestion,
  ): Promise<GoAheadAnswer> {
    return goAheadAnswerSchema.parse(orProblem(await goAhead(this.parts, request, asked), this.parts.log));
  }

  @Put('v1/requests/:request/outcome')
  async outcome(
    @Param('request', { schema: uuid }) request: string,
    @Body({ schema: outcomeBodySchema }) body: z.infer<typeof outcomeBodySchema>,
  ): Promise<z.infer<typeof outcomeAnswerSchema>> {
    return outcomeAnswerSchema.parse(orProblem(await recordOutcome(this.parts, request, body.outcome), this.parts.log));
  }

  /** `degraded`: there is no register yet, issuing is stopped, or the database cannot be read or takes no write. */
  @Get('health')
  async health(): Promise<z.infer<typeof healthSchema>> {
    const { store } = this.parts;
    const register = await findRegister(store.read).catch(() => null);
    const canIssue = register !== null && !register.stopped && (await store.canWrite());
    const status = canIssue ? 'ok' : 'degraded';
    return healthSchema.parse({ status, part: 'municipality', time: toInstant(this.parts.clock.nowMs()) });
  }
}
