// One IPP operation: request out, answer in and checked (RFC 8011 §4.1). An answer that
// is not plainly the answer to our question is a fault, not half an answer.
import { findGroup, findString } from '#libs/ipp/attributes.js';
import { decodeMessage } from '#libs/ipp/decode.js';
import { encodeMessage } from '#libs/ipp/encode.js';
import { attribute, charset, name, naturalLanguage, uri, type IppAttribute, type IppGroup, type IppMessage } from '#libs/ipp/message.js';
import { isSuccessful, nameStatus, operations, statusCodes, type Operation } from '#libs/ipp/operations.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Connection } from './connection.js';
import { limits } from './limits.js';
import type { PrinterFault } from './port.js';

/** `mayHaveLeft` is false when the printer cannot have seen the request. */
export type CallFault = PrinterFault & { readonly mayHaveLeft: boolean };

export type Call = {
  readonly operation: Operation;
  /** Operation attributes behind charset, language and printer-uri, in the order of RFC 8011. */
  readonly attributes: readonly IppAttribute[];
  readonly jobAttributes?: readonly IppAttribute[];
  readonly document?: Buffer;
};

export interface Client {
  call(call: Call): Promise<Result<IppMessage, CallFault>>;
  close(): void;
}

/** The constant user: no person's name may stand in a job. */
const requestingUserName = 'madoguchi';

/** Operations after which a second, equal one would print or make a job twice. */
const onceOnly: readonly Operation[] = ['Print-Job', 'Create-Job', 'Send-Document'];

export function createClient(connection: Connection, printerUri: string): Client {
  let nextRequestId = 1;
  let version = { major: 2, minor: 0 };
  const once = async (call: Call): Promise<Result<IppMessage, CallFault>> => {
    const requestId = nextRequestId;
    nextRequestId = (nextRequestId % 0x7fff_ffff) + 1;
    const groups: IppGroup[] = [{ tag: 'operation', attributes: operationAttributes(printerUri, call.attributes) }];
    if (call.jobAttributes !== undefined && call.jobAttributes.length > 0) groups.push({ tag: 'job', attributes: call.jobAttributes });
    const data = call.document ?? Buffer.alloc(0);
    const body = encodeMessage({ version, code: operations[call.operation], requestId, groups, data });
    const timeoutMs = call.document === undefined ? limits.answerTimeoutMs : limits.documentTimeoutMs;
    const answer = await connection.post(body, { timeoutMs, fresh: onceOnly.includes(call.operation) });
    return answer.ok ? readAnswer(answer.value, requestId) : answer;
  };
  return {
    call: async (call) => {
      const answer = await once(call);
      const isTooNew = !answer.ok && answer.error.detail === 'server-error-version-not-supported' && version.major === 2;
      if (!isTooNew) return answer;
      // RFC 8011 §4.1.8: a printer of 1.1 must say so, and keeps being asked in 1.1.
      version = { major: 1, minor: 1 };
      return once(call);
    },
    close: () => connection.close(),
  };
}

function operationAttributes(printerUri: string, rest: readonly IppAttribute[]): readonly IppAttribute[] {
  // RFC 8011 §4.1.4 and §4.1.5: charset, language and target come first, in this order;
  // job-id, where there is one, stands right behind printer-uri.
  const isJobId = (given: IppAttribute): boolean => given.name === 'job-id';
  return [
    attribute('attributes-charset', charset('utf-8')),
    attribute('attributes-natural-language', naturalLanguage('en')),
    attribute('printer-uri', uri(printerUri)),
    ...rest.filter(isJobId),
    attribute('requesting-user-name', name(requestingUserName)),
    ...rest.filter((given) => !isJobId(given)),
  ];
}

function readAnswer(bytes: Buffer, requestId: number): Result<IppMessage, CallFault> {
  const malformed = (detail: string): Result<IppMessage, CallFault> => err({ code: 'malformed-answer', detail, mayHaveLeft: true });
  const decoded = decodeMessage(bytes);
  if (!decoded.ok) return malformed(decoded.error.code);
  const message = decoded.value;
  if (message.version.major !== 1 && message.version.major !== 2) return malformed('version');
  if (message.requestId !== requestId) return malformed('request-id');
  if (message.data.length > 0) return malformed('data-behind-attributes');
  const [first] = message.groups;
  const answered = first?.tag === 'operation' ? findString(findGroup(message, 'operation'), 'attributes-charset') : null;
  if (answered !== 'utf-8' && answered !== 'us-ascii') return malformed('attributes-charset');
  if (isSuccessful(message.code)) return ok(message);
  const isGone = message.code === statusCodes['client-error-not-found'] || message.code === statusCodes['client-error-gone'];
  return err({ code: isGone ? 'not-found' : 'refused', detail: nameStatus(message.code), mayHaveLeft: true });
}
