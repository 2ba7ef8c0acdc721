// A house rule that can be seen in the text of one file. It shows itself what it finds and what
// it lets pass, so that none is kept that finds nothing.

export type Rule = {
  readonly what: string;
  readonly where: (file: string) => boolean;
  readonly offence: RegExp;
  /** Beginnings of paths, each with why it may. One that nobody needs is an offence too. */
  readonly exceptions?: Readonly<Record<string, string>>;
  readonly finds: readonly string[];
  readonly passes?: readonly string[];
};

export function offendsIn(rule: Rule, file: string, text: string): boolean {
  return rule.where(file) && rule.offence.test(text);
}

export function isExcepted({ exceptions = {} }: Rule, file: string): boolean {
  return Object.keys(exceptions).some((place) => file.startsWith(place));
}
