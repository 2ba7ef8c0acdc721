// The management port: cards, revocations, faults. For tests and the demo's bench only.
import { Body, Controller, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { httpProblem } from '#libs/contract/edge.js';
import {
  issueCardBodySchema,
  issuedCardSchema,
  jpkiFaultBodySchema,
  revokeBodySchema,
  trustAnchorsSchema,
  type IssueCardBody,
  type IssuedCard,
} from '#libs/contract/simulators.js';
import { issueCard } from './card-issuer.js';
import { isBirthDate } from './validity.js';
import type { Fault } from './ocsp-responder.js';
import { simulation, type Simulation } from './simulation.js';

const issueCardSchema = issueCardBodySchema.refine(({ birthDate }) => isBirthDate(birthDate), {
  path: ['birthDate'],
  message: 'a day that exists, as YYYYMMDD',
});
type RevokeBody = z.infer<typeof revokeBodySchema>;

@Controller()
export class ManagementController {
  constructor(@Inject(simulation) private readonly jpki: Simulation) {}

  @Get('trust-anchors')
  readTrustAnchors(): z.infer<typeof trustAnchorsSchema> {
    const { authentication, signature } = this.jpki;
    return trustAnchorsSchema.parse({
      authenticationCa: authentication.ca.authority.certificate.toString('base64'),
      signatureCa: signature.ca.authority.certificate.toString('base64'),
    });
  }

  @Post('cards')
  async issue(@Body({ schema: issueCardSchema }) citizen: IssueCardBody): Promise<IssuedCard> {
    const { authentication, signature, outside, ocspBaseUrl } = this.jpki;
    const issuer = { authentication: authentication.ca, signature: signature.ca, outside, ocspBaseUrl: ocspBaseUrl() };
    return issuedCardSchema.parse(await issueCard(issuer, citizen));
  }

  /** The same again is answered the same; another reason for what is revoked already is refused. */
  @Post('revocations')
  @HttpCode(200)
  revoke(@Body({ schema: revokeBodySchema }) body: RevokeBody): RevokeBody {
    const ca = [this.jpki.authentication.ca, this.jpki.signature.ca].find((candidate) => candidate.authority.caKeyId === body.caKeyId);
    const outcome = ca?.revoke(body.serial, { reason: body.reason, revocationTimeMs: this.jpki.outside.clock.nowMs() });
    if (ca === undefined || outcome === 'unknown') throw httpProblem(404, 'no-such-certificate', 'その電子証明書は発行されていません。');
    if (ca.findRevocation(body.serial)?.reason !== body.reason) {
      throw httpProblem(409, 'already-revoked', 'その電子証明書は別の理由ですでに失効しています。');
    }
    return body;
  }

  /** The lists as of now, instead of next midnight. */
  @Post('publications')
  @HttpCode(204)
  publish(): void {
    this.jpki.authentication.publisher.publish();
    this.jpki.signature.publisher.publish();
  }

  @Put('fault')
  order(@Body({ schema: jpkiFaultBodySchema }) fault: Fault): Fault {
    this.jpki.faults.order(fault);
    return fault;
  }
}
