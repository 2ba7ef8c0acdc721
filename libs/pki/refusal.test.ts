import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusal, refusals } from './refusal.js';

/** ETSI EN 319 102-1: which sub-indication belongs to which indication. */
const subIndications = {
  'TOTAL-FAILED': ['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'REVOKED', 'EXPIRED', 'NOT_YET_VALID'],
  INDETERMINATE: [
    'SIG_CONSTRAINTS_FAILURE',
    'CHAIN_CONSTRAINTS_FAILURE',
    'CERTIFICATE_CHAIN_GENERAL_FAILURE',
    'CRYPTO_CONSTRAINTS_FAILURE',
    'NO_CERTIFICATE_CHAIN_FOUND',
    'TRY_LATER',
  ],
};

describe('a refusal', () => {
  it.each(Object.entries(refusals))('%s has an indication, its sub-indication and one sentence', (_code, row) => {
    expect(subIndications[row.indication]).toContain(row.subIndication);
    expect(row.sentence).toMatch(/^[^A-Za-z]+。$/);
  });

  it('carries the rule for engineers', () => {
    expect(refusal('certificate-revoked', 'revoked-superseded')).toMatchObject({
      code: 'certificate-revoked',
      reason: 'revoked-superseded',
    });
  });

  it('stands in the table of the page', () => {
    const page = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    const rows = Object.entries(refusals).map(
      ([code, row]) => `| \`${code}\` | ${row.indication} | ${row.subIndication} | ${row.sentence} |`,
    );
    const squeezed = page.replaceAll(/ +/g, ' ');
    expect(rows.filter((row) => !squeezed.includes(row))).toEqual([]);
  });
});
