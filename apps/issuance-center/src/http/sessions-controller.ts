// The kiosk's sessions (libs/contract/center.ts).
import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { uuid } from '#libs/contract/base.js';
import {
  abortAnswerSchema,
  abortBodySchema,
  goAheadAnswerSchema,
  goAheadBodySchema,
  loginAnswerSchema,
  loginBodySchema,
  openSessionAnswerSchema,
  openSessionBodySchema,
  requestAnswerSchema,
  requestBodySchema,
  type GoAheadAnswer,
  type GoAheadQuestion,
  type LoginAnswer,
  type OpenSessionAnswer,
  type RequestAnswer,
} from '#libs/contract/center.js';
import { abort } from '../issuance/abort.js';
import { goAhead } from '../issuance/go-ahead.js';
import { login } from '../issuance/login.js';
import { openSession } from '../issuance/open-session.js';
import { request } from '../issuance/request.js';
import { PARTS, type Parts } from '../parts.js';
import { orProblem, withRefusalDelay } from './edge.js';

@Controller('v1/sessions')
export class SessionsController {
  constructor(@Inject(PARTS) private readonly parts: Parts) {}

  @Post()
  @HttpCode(200)
  async open(@Body({ schema: openSessionBodySchema }) body: z.infer<typeof openSessionBodySchema>): Promise<OpenSessionAnswer> {
    return openSessionAnswerSchema.parse(orProblem(await openSession(this.parts, body.opening)));
  }

  @Post(':session/login')
  @HttpCode(200)
  async login(
    @Param('session', { schema: uuid }) session: string,
    @Headers('authorization') authorization: string | undefined,
    @Body({ schema: loginBodySchema }) body: z.infer<typeof loginBodySchema>,
  ): Promise<LoginAnswer> {
    const answer = await withRefusalDelay(this.parts, (pace) => login(this.parts, { session, authorization, pace }, body));
    return loginAnswerSchema.parse(orProblem(answer));
  }

  @Post(':session/requests')
  @HttpCode(200)
  async request(
    @Param('session', { schema: uuid }) session: string,
    @Headers('authorization') authorization: string | undefined,
    @Body({ schema: requestBodySchema }) body: z.infer<typeof requestBodySchema>,
  ): Promise<RequestAnswer> {
    const answer = await withRefusalDelay(this.parts, (pace) => request(this.parts, { session, authorization, pace }, body));
    return requestAnswerSchema.parse(orProblem(answer));
  }

  @Post(':session/go-ahead')
  @HttpCode(200)
  async goAhead(
    @Param('session', { schema: uuid }) session: string,
    @Headers('authorization') authorization: string | undefined,
    @Body({ schema: goAheadBodySchema }) asked: GoAheadQuestion,
  ): Promise<GoAheadAnswer> {
    const answer = await withRefusalDelay(this.parts, () => goAhead(this.parts, { session, authorization }, asked));
    return goAheadAnswerSchema.parse(orProblem(answer));
  }

  @Post(':session/abort')
  @HttpCode(200)
  async abort(
    @Param('session', { schema: uuid }) session: string,
    @Headers('authorization') authorization: string | undefined,
    @Body({ schema: abortBodySchema }) body: z.infer<typeof abortBodySchema>,
  ): Promise<z.infer<typeof abortAnswerSchema>> {
    return abortAnswerSchema.parse(orProblem(await abort(this.parts, { session, authorization }, body.reason)));
  }
}
