// A command line, read strictly: an argument that nobody knows, one too many and one without its value are
// refused, where node:util's parseArgs alone lets the last of two count and throws several lines.
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** sysexits(3) EX_USAGE. */
export const exitUsage = 64;

export type CommandLine = {
  readonly args: readonly string[];
  /** As parseArgs takes them; only those that are `multiple` may come twice. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** How many words without hyphens there may be; 0 unless said. */
  readonly words?: number;
};

/** What is wrong with it first, in one line that names the argument. Null: parseArgs takes it, and nothing is lost. */
export function findArgumentFault({ args, options, words = 0 }: CommandLine): string | null {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const seen = new Set<string>();
  let left = words;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      if (left === 0) return `${said(token.value)}: an argument that there is not`;
      left -= 1;
      continue;
    }
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined || token.rawName !== `--${token.name}`) return `${said(token.rawName)}: an argument that there is not`;
    const isMissing = token.value === undefined || (token.inlineValue !== true && token.value.startsWith('-'));
    if (option.type === 'string' && isMissing) return `${token.rawName}: a value was expected after it`;
    if (option.type === 'boolean' && token.value !== undefined) return `${token.rawName}: it takes no value`;
    if (seen.has(token.name) && option.multiple !== true) return `${token.rawName}: only once`;
    seen.add(token.name);
  }
  return null;
}

/** One line, whatever it is. */
function said(argument: string): string {
  const line = JSON.stringify(argument);
  return line === `"${argument}"` && !/\s/.test(argument) && argument !== '' ? argument : line;
}
