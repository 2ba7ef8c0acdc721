// Reading what another server answers, with an end to its patience and its size.

export type Answered = { readonly status: number; readonly contentType: string; readonly body: Buffer };
export type Question = {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly timeoutMs: number;
  readonly maxBytes: number;
};

/** Null when there was no whole answer in time and size: refused, reset, too slow, too long. Follows no redirect. */
export async function ask(question: Question): Promise<Answered | null> {
  try {
    const response = await fetch(question.url, {
      method: question.method,
      headers: { ...question.headers },
      ...(question.body === undefined ? {} : { body: question.body }),
      signal: AbortSignal.timeout(question.timeoutMs),
      redirect: 'error',
    });
    const body = await readUpTo(response, question.maxBytes);
    return body === null ? null : { status: response.status, contentType: response.headers.get('content-type') ?? '', body };
  } catch {
    return null;
  }
}

async function readUpTo(response: Response, maxBytes: number): Promise<Buffer | null> {
  if (response.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
