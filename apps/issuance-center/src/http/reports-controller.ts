// What comes without a session: outcomes of kiosks, card links of municipalities, health.
import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import type { z } from 'zod';
import { municipalityCode, uuid } from '#libs/contract/base.js';
import { healthSchema, outcomeAnswerSchema, outcomeBodySchema } from '#libs/contract/center.js';
import { cardLinksAnswerSchema, cardLinksBodySchema } from '#libs/contract/municipality.js';
import { toInstant } from '#libs/std/clock.js';
import type { Wake } from '#libs/wake/wake.js';
import { recordOutcome } from '../issuance/outcome.js';
import { PARTS, WAKE, type Parts } from '../parts.js';
import { takeCardLinks, type CardLinksAnswer } from '../routing/card-links.js';
import { countWaiting } from '../storage/outcomes.js';
import type { Topic } from '../workers/workers.js';
import { orProblem } from './edge.js';

const outcomes: Topic = 'outcomes';

@Controller()
export class ReportsController {
  constructor(
    @Inject(PARTS) private readonly parts: Parts,
    @Inject(WAKE) private readonly wake: Wake,
  ) {}

  @Put('v1/requests/:request/outcome')
  async outcome(
    @Param('request', { schema: uuid }) request: string,
    @Body({ schema: outcomeBodySchema }) body: z.infer<typeof outcomeBodySchema>,
  ): Promise<z.infer<typeof outcomeAnswerSchema>> {
    const answer = orProblem(await recordOutcome(this.parts, request, body.outcome));
    void this.wake.wake(outcomes);
    return outcomeAnswerSchema.parse(answer);
  }

  @Put('v1/municipalities/:code/card-links')
  async cardLinks(
    @Param('code', { schema: municipalityCode }) code: string,
    @Body({ schema: cardLinksBodySchema }) body: z.infer<typeof cardLinksBodySchema>,
  ): Promise<CardLinksAnswer> {
    return cardLinksAnswerSchema.parse(orProblem(await takeCardLinks(this.parts, code, body.cardLinks)));
  }

  /** `degraded`: the database cannot be read or takes no write. */
  @Get('health')
  async health(): Promise<z.infer<typeof healthSchema>> {
    const { store } = this.parts;
    const canRead = await countWaiting(store.read).then(
      () => true,
      () => false,
    );
    return healthSchema.parse({
      status: canRead && (await store.canWrite()) ? 'ok' : 'degraded',
      part: 'issuance-center',
      time: toInstant(this.parts.clock.nowMs()),
    });
  }
}
