// The process and its files, as Linux shows them (proc(5)): who may read the key, who are
// we, and could memory end up in a core file?
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { faulty, fine, note, type Finding } from './finding.js';

/** Nobody else may read what is secret in it, and nobody else may say what this part does. */
export function checkConfigurationFile(file: string, configuration: unknown): readonly Finding[] {
  const mode = statSync(file).mode & 0o777;
  const secrets = [...new Set(secretsIn(configuration))];
  const may = [
    ...((mode & 0o004) !== 0 && secrets.length > 0 ? [`holds ${secrets.join(' and ')} and may be read by every user`] : []),
    ...((mode & 0o002) !== 0 ? ['may be changed by every user'] : []),
  ];
  if (may.length === 0) return [];
  const what = `${file} ${may.join(', and ')} (mode ${mode.toString(8)})`;
  return [faulty('configuration', { what, expected: '600 or 640', todo: `chmod 640 ${file}` })];
}

/** What of a configuration nobody else may know, in words. */
function secretsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') {
    if (/secret$/i.test(key)) return ['a secret'];
    const url = URL.canParse(value) ? new URL(value) : null;
    return url !== null && (url.password !== '' || url.searchParams.has('password')) ? ['a password'] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  const own = 'kty' in value && 'd' in value ? ['a private key'] : [];
  return [...own, ...Object.entries(value).flatMap(([name, inner]) => secretsIn(inner, name))];
}

/** Root may write where the part may not. */
export function checkUser(): readonly Finding[] {
  if (process.getuid?.() !== 0) return [];
  return [note('user', 'the doctor runs as root; run it as the user of the part to see what that user may do')];
}

/**
 * A core file holds whatever was in memory, PIN block and session key included. Looks at the
 * running part if there is one, because a shell's limit says nothing about it.
 */
export function checkCoreDumps(part: string, file: string): readonly Finding[] {
  const running = findProcess(part, file);
  const soft = coreLimitOf(running ?? 'self');
  const whose = running === null ? 'of this shell' : `of process ${running}`;
  if (soft === '0') return [fine('core dumps', `off (${whose})`)];
  if (soft === null) return [note('core dumps', `the limit ${whose} cannot be read; the part must run with LimitCORE=0`)];
  return [
    faulty('core dumps', {
      what: `core files are allowed (${whose}: ${soft})`,
      expected: '0, because a core file holds whatever was in memory',
      todo: 'start the part with LimitCORE=0 (systemd) or after `ulimit -c 0`, and run the doctor in the same way',
    }),
  ];
}

/** The soft limit as /proc spells it; null when it may not be read. */
function coreLimitOf(processId: string): string | null {
  try {
    return /^Max core file size\s+(\S+)/m.exec(readFileSync(`/proc/${processId}/limits`, 'utf8'))?.[1] ?? null;
  } catch {
    return null;
  }
}

/** A variable of the running part's environment; null where it has none, does not run, or is another user's. */
export function findVariable(name: string, { part, file }: { part: string; file: string }): string | null {
  const running = findProcess(part, file);
  if (running === null) return null;
  return (
    wordsOf(running, 'environ')
      .find((word) => word.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? null
  );
}

function findProcess(part: string, file: string): string | null {
  const main = `apps/${part}/src/main.js`;
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return found.find((name) => argumentsOf(name).some((word) => word.endsWith(main)) && isStartedWith(name, file)) ?? null;
}

function isStartedWith(processId: string, file: string): boolean {
  const words = argumentsOf(processId);
  const given = words[words.indexOf('--config') + 1];
  return given !== undefined && resolve(given) === resolve(file);
}

function argumentsOf(processId: string): readonly string[] {
  return wordsOf(processId, 'cmdline');
}

function wordsOf(processId: string, what: 'cmdline' | 'environ'): readonly string[] {
  try {
    return readFileSync(`/proc/${processId}/${what}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
