// What `npm run issue` is asked for on the command line, read strictly: what cannot be asked
// is answered like everything else, with a code and a sentence (and the argument, for the engineer).
import { parseArgs } from 'node:util';
import { findArgumentFault } from '#libs/std/arguments.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Citizen } from '../world/citizen-schema.js';
import { findCitizen } from '../world/citizens.js';
import { findFault, type Fault } from './faults.js';
import { plainWish, type Wish } from './wish.js';

export const certificates: readonly string[] = ['resident-record'];

export type Asked = { readonly citizen: Citizen; readonly wish: Wish; readonly fault: Fault | null };
/** `detail` names the argument, in English. */
export type NotAskable = { readonly code: string; readonly sentence: string; readonly detail: string };
type Read = { readonly json: boolean; readonly asked: 'list' | Result<Asked, NotAskable> };

const options = {
  citizen: { type: 'string' },
  certificate: { type: 'string', default: 'resident-record' },
  option: { type: 'string', multiple: true },
  fault: { type: 'string' },
  list: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

export function readArguments(args: readonly string[]): Read {
  const json = args.includes('--json');
  const fault = findArgumentFault({ args, options });
  if (fault !== null) return { json, asked: notAskable('unknown-argument', '引数が正しくありません。', fault) };
  const { values } = parseArgs({ args: [...args], options });
  return { json, asked: values.list ? 'list' : readAsked(values) };
}

type Values = {
  readonly citizen?: string | undefined;
  readonly certificate: string;
  readonly option?: readonly string[] | undefined;
  readonly fault?: string | undefined;
};

function readAsked({ citizen: id, certificate, option = [], fault: name }: Values): Result<Asked, NotAskable> {
  const citizen = findCitizen(id ?? '');
  if (citizen === null)
    return notAskable('unknown-citizen', 'その名前の人はいません。', `--citizen ${id ?? ''}: nobody of that id; see --list`);
  if (!certificates.includes(certificate)) {
    return notAskable('unknown-certificate', 'その証明書はありません。', `--certificate ${certificate}: one of ${certificates.join(', ')}`);
  }
  const fault = name === undefined ? null : findFault(name);
  if (name !== undefined && fault === null) {
    return notAskable('unknown-fault', 'その障害はありません。', `--fault ${name}: not known; see --list`);
  }
  const wish = readWish(option);
  return wish.ok ? ok({ citizen, wish: wish.value, fault }) : wish;
}

const flags = ['relationship', 'domicile', 'myNumber'] as const;

function readWish(asked: readonly string[]): Result<Wish, NotAskable> {
  let wish: Wish = plainWish;
  const seen = new Set<string>();
  for (const option of asked) {
    const [key = '', value = '', ...rest] = option.split('=');
    if (seen.has(key)) return notAskable('unknown-option', 'その指定はできません。', `--option ${option}: ${key} only once`);
    seen.add(key);
    const isPair = rest.length === 0;
    const flag = flags.find((candidate) => candidate === key);
    if (isPair && flag !== undefined && /^(true|false)$/.test(value)) wish = { ...wish, [flag]: value === 'true' };
    else if (isPair && key === 'scope' && (value === 'household' || value === 'part')) wish = { ...wish, scope: value };
    else if (isPair && key === 'copies' && /^([1-9]|10)$/.test(value)) wish = { ...wish, copies: Number(value) };
    else {
      const known = `scope=household|part, copies=1..10, ${flags.join('|')}=true|false`;
      return notAskable('unknown-option', 'その指定はできません。', `--option ${option}: ${known}`);
    }
  }
  return ok(wish);
}

function notAskable(code: string, sentence: string, detail: string): Result<never, NotAskable> {
  return err({ code, sentence: `${sentence}手数料はいただいていません。`, detail });
}
