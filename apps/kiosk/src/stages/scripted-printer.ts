// For tests: a printer behind the port that answers as the story says and remembers what it
// was asked, so that a guard which is no longer there is missed.
import type { PrintJobRef, PrintOutcome, Printer, PrinterFault } from '#devices/printer/port.js';
import { err, ok, type Result } from '#libs/std/result.js';

export type PrinterStory = {
  readonly submit?: PrinterFault;
  readonly find?: 'found' | 'not-there' | PrinterFault;
  readonly cancel?: PrinterFault;
  /** What following the job comes to: at first, then after the job was cancelled. */
  readonly follow?: readonly PrintOutcome[];
};

export type ScriptedPrinter = { readonly printer: Printer; readonly asked: readonly string[] };

export function scriptedPrinter(story: PrinterStory): ScriptedPrinter {
  const asked: string[] = [];
  const outcomes = [...(story.follow ?? [])];
  const ref = (jobName: string): PrintJobRef => ({ jobName, jobId: 7, jobUri: 'ipp://127.0.0.1/ipp/print/7' });
  const note = <T>(word: string, answer: T): T => {
    asked.push(word);
    return answer;
  };
  const find = (jobName: string): Result<PrintJobRef | null, PrinterFault> => {
    const { find: found = 'found' } = story;
    if (typeof found === 'object') return err(found);
    return ok(found === 'found' ? ref(jobName) : null);
  };
  const printer: Printer = {
    description: 'scripted',
    status: async () => err({ code: 'unreachable', detail: 'not in the story' }),
    submit: async ({ jobName }) => note('submit', story.submit === undefined ? ok(ref(jobName)) : err(story.submit)),
    findByName: async (jobName) => note(`find ${jobName}`, find(jobName)),
    follow: async () => note('follow', outcomes.shift() ?? outcomeOf('uncertain', { jobState: 'unreachable' })),
    cancel: async () => note('cancel', story.cancel === undefined ? ok(undefined) : err(story.cancel)),
    close: async () => undefined,
  };
  return { printer, asked };
}

export function outcomeOf(outcome: PrintOutcome['outcome'], evidence: Partial<PrintOutcome['evidence']>): PrintOutcome {
  return { outcome, evidence: { jobState: 'completed', jobStateReasons: [], impressionsCompleted: null, printerReasons: [], ...evidence } };
}
