// What the doctor says about one thing: a sentence for an engineer, and how bad it is.

export type Finding = {
  /** The thing in two words, e.g. `PIN pad`. */
  readonly about: string;
  /** `note`: works, but a person should know; it does not change the verdict. */
  readonly status: 'ok' | 'note' | 'fault';
  readonly sentence: string;
};

export type Fault = {
  /** What is wrong, and where. */
  readonly what: string;
  readonly expected: string;
  /** An imperative. */
  readonly todo: string;
};

export function fine(about: string, sentence: string): Finding {
  return { about, status: 'ok', sentence };
}

export function note(about: string, sentence: string): Finding {
  return { about, status: 'note', sentence };
}

/** One sentence: what, where, what was expected, what to do. */
export function faulty(about: string, { what, expected, todo }: Fault): Finding {
  return { about, status: 'fault', sentence: `${what}; expected ${expected}: ${todo}.` };
}
