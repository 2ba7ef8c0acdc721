// The rules of DESIGN §5 for how code is written: names, types, tests, and what silences a tool.
import { inFolder, isTest } from './house.js';
import type { Rule } from './rule.js';

const everywhere = (): boolean => true;

const names: readonly Rule[] = [
  {
    what: 'a name that says nothing',
    where: everywhere,
    offence:
      /\b(?:const|let|function|class|type|interface|enum|namespace)\s+(?:\w*(?:[uU]til(?:s|ity|ities)?|[hH]elpers?|[mM]anagers?|D[tT][oO]s?|(?<!OutOf|in|jpki)Services?|[a-z]Common)|dto|services?)\b(?=\s*[=<{(:]|\s+(?:extends|implements)\b)/,
    finds: ['const pinUtils = 1', 'export function parseHelper()', 'class CardManager {', 'type UserDto = {', 'interface CardService {'],
    passes: ['import { type EntityManager } from', 'function OutOfService(', 'const inService = {', 'type CommonApplication = {'],
  },
  {
    what: 'a letter that says "interface"',
    where: everywhere,
    offence: /\b(?:interface|type|class)\s+I[A-Z][a-z]/,
    finds: ['export interface IReader {', 'type IClock ='],
    passes: ['type Issued =', 'type IPAddress =', 'interface Reader {'],
  },
  {
    what: 'a default export',
    where: everywhere,
    offence: /^export default |\bas default\b/m,
    finds: ['export default 1;', 'export { a as default };'],
    passes: ["import { default as a } from 'b';"],
  },
  {
    what: 'a barrel',
    where: everywhere,
    offence: /^export \* /m,
    finds: ["export * from './result.js';", "export * as x from './x.js';"],
    passes: ["export { a } from './a.js';"],
  },
];

const types: readonly Rule[] = [
  {
    what: 'a double cast',
    where: everywhere,
    offence: /\bas\s+(?:unknown|never|any)\b\)?\s*as\b|(?<![\w>)])<(?:unknown|never|any)>/,
    finds: ['a as unknown as string', '(1 as unknown) as string', '1 as never as string', '= <string>(<unknown>1)'],
    passes: ['read(): Promise<unknown>', 'as unknown;', 'new Map<unknown>()'],
  },
  {
    what: 'a silenced compiler or linter',
    where: everywhere,
    offence: /@ts-(?:ignore|expect-error|nocheck)|(?:ox|es)lint-(?:disable|enable)/,
    finds: ['// @ts-ignore', '/* eslint-disable */', '// oxlint-disable-next-line', 'a; // eslint-disable-line'],
  },
];

const tests: readonly Rule[] = [
  {
    // What a machine cannot run is left out as a suite, and named: .config/suites.mjs is the only door.
    what: 'a test that is not told, told alone, told again, or wanted to fail',
    where: isTest,
    offence:
      /\b(?:it|test|describe|suite|bench)(?:\.\w+)*\.(?:only|skip|skipIf|runIf|todo|fails)\b|\b(?:it|test|describe|suite|bench)\[|\bx(?:it|test|describe)\(|\bf(?:it|describe)\(|\b(?:ctx|context|task|t)\.skip\(|\{ skip\b|\b(?:skip|only|todo|fails): true\b|\bretry: (?!0)|\brepeats: /,
    finds: [
      "it.skip('a'",
      "it.skipIf(isRoot)('a'",
      "test.runIf(isRoot)('a'",
      "describe.concurrent.only('a'",
      "it.todo('a')",
      "it.fails('a'",
      "it['skip']('a'",
      "xit('a'",
      'ctx.skip();',
      "it('a', ({ skip }) => {",
      "it('a', { skip: true }",
      "it('a', { fails: true }",
      "it('a', { retry: 2 }",
      "it('a', { repeats: 2 }",
    ],
    passes: ["it.each(cases)('a'", "describe('skips', () => {", 'unit(1)', "it.for(cases)('a'", 'exit(1)'],
  },
  {
    what: 'a promise to do it later',
    where: everywhere,
    offence: /\b(?:TODO|FIXME|XXX|HACK)\b/,
    finds: ['// TODO later', '// FIXME'],
  },
];

const guards: readonly Rule[] = [
  {
    what: 'a switch that turns a guard off',
    where: (file) => !isTest(file),
    offence: /rejectUnauthorized:\s*false|skip(?:Verification|Check|Signature)|disable(?:Verification|Check|Guard)|NODE_TLS_REJECT/i,
    finds: ['rejectUnauthorized: false', 'if (skipVerification)', 'NODE_TLS_REJECT_UNAUTHORIZED'],
  },
  {
    what: 'a server that answers in the words of its framework',
    where: everywhere,
    offence: /new FastifyAdapter\((?!frameworkAnswers\(|\{ \.\.\.frameworkAnswers\()/,
    finds: ['new FastifyAdapter()', 'new FastifyAdapter({ bodyLimit })'],
    passes: ['new FastifyAdapter(frameworkAnswers(', 'new FastifyAdapter({ ...frameworkAnswers('],
  },
  {
    what: 'a module that no rule can see being loaded',
    where: (file) => !inFolder(file, 'test'),
    offence: /\bcreateRequire\b|\bprocess\.(?:binding|dlopen)\b|(?<![\w.])import\(\s*(?!['"`])/,
    exceptions: { 'apps/demo/src/demo-folder.test.ts': 'a process of its own is handed the module' },
    finds: ["createRequire(import.meta.url)('pdfkit')", 'await import(name)'],
    passes: ["await import('pcsclite')", 'office.import(register)'],
  },
];

export const rulesOfCode: readonly Rule[] = [...names, ...types, ...tests, ...guards];
