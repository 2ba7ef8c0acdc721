// The management port: accounts, the ledger, faults. For tests and the demo's bench only.
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import { httpProblem } from '#libs/contract/edge.js';
import { accountSchema, bankFaultBodySchema, ledgerSchema, openAccountBodySchema } from '#libs/contract/simulators.js';
import { wipe } from '#libs/std/bytes.js';
import type { Books } from '../books/books.js';
import type { AccountRecord } from '../books/state-file.js';
import type { BankFault, FaultSwitch } from '../wire/fault-switch.js';

export type Bank = { readonly books: Books; readonly faults: FaultSwitch };
export const bankToken = Symbol('bank');

type Account = z.infer<typeof accountSchema>;

@Controller()
export class ManagementController {
  constructor(@Inject(bankToken) private readonly bank: Bank) {}

  @Post('accounts')
  openAccount(@Body({ schema: openAccountBodySchema }) body: z.infer<typeof openAccountBodySchema>): Account {
    const { books } = this.bank;
    if (books.findAccount(body.pan) !== null) throw httpProblem(409, 'account-exists', 'このカードの口座はすでにあります。');
    const pin = Buffer.from(body.pin);
    const offset = books.hsm.offsetFor(body.pan, pin);
    wipe(pin);
    const account = books.openAccount({ pan: body.pan, panSequence: body.panSequence, offset }, body.balanceYen);
    books.commit();
    return this.#show(account);
  }

  @Get('accounts/:pan')
  readAccount(@Param('pan') pan: string): Account {
    const account = this.bank.books.findAccount(pan);
    if (account === null) throw httpProblem(404, 'no-such-account', 'このカードの口座はありません。');
    return this.#show(account);
  }

  @Get('ledger')
  readLedger(): z.infer<typeof ledgerSchema> {
    const { ledger } = this.bank.books;
    return ledgerSchema.parse({ lines: ledger.lines, sumYen: ledger.sumYen() });
  }

  @Put('fault')
  @HttpCode(200)
  order(@Body({ schema: bankFaultBodySchema }) fault: BankFault): BankFault {
    if (fault.responseCode === '00') throw httpProblem(400, 'not-a-refusal', '00は拒否の応答コードではありません。');
    this.bank.faults.set(fault);
    return fault;
  }

  #show(account: AccountRecord): Account {
    const { pan, pinTriesLeft } = account;
    return accountSchema.parse({ pan, balanceYen: this.bank.books.balanceYen(account), pinTriesLeft, locked: pinTriesLeft === 0 });
  }
}
