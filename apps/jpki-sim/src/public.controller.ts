// What JPKI shows to verifiers: OCSP over HTTP (RFC 6960 appendix A) and the lists. The
// real lists come over a line of their own, not over HTTP (reference §11).
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { httpProblem } from '#libs/contract/edge.js';
import { writeOcspError } from '#libs/pki/issue-ocsp.js';
import { simulation, type Simulation } from './simulation.js';

@Controller()
export class PublicController {
  constructor(@Inject(simulation) private readonly jpki: Simulation) {}

  @Post('ocsp/authentication')
  async askAuthentication(@Body() request: unknown, @Res() reply: FastifyReply): Promise<void> {
    await this.answer('authentication', request, reply);
  }

  @Post('ocsp/signature')
  async askSignature(@Body() request: unknown, @Res() reply: FastifyReply): Promise<void> {
    await this.answer('signature', request, reply);
  }

  @Get('crl/authentication/:partition')
  @Header('content-type', 'application/pkix-crl')
  @HttpCode(200)
  readAuthenticationList(@Param('partition') partition: string): Buffer {
    return this.list('authentication', partition);
  }

  @Get('crl/signature/:partition')
  @Header('content-type', 'application/pkix-crl')
  @HttpCode(200)
  readSignatureList(@Param('partition') partition: string): Buffer {
    return this.list('signature', partition);
  }

  private async answer(of: 'authentication' | 'signature', request: unknown, reply: FastifyReply): Promise<void> {
    // Anything but application/ocsp-request was not parsed to bytes.
    const answer = Buffer.isBuffer(request) ? await this.jpki[of].responder.answer(request) : writeOcspError(1);
    // "No answer": the connection stays open and silent until somebody gives up.
    if (answer === null) reply.hijack();
    else await reply.status(200).header('content-type', 'application/ocsp-response').send(answer);
  }

  private list(of: 'authentication' | 'signature', partition: string): Buffer {
    const list = this.jpki[of].publisher.find(partition);
    if (list === null) throw httpProblem(404, 'no-such-partition', 'その失効リストはありません。');
    return list;
  }
}
