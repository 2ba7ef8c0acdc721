// The few column types that mean the same on SQLite and PostgreSQL (DESIGN §6, "a small
// common set"). Migrations take their columns from here; entities say the same with
// `@Column('varchar', { length: 36 })`, `@Column('bigint', { transformer: safeInteger })` and so on.
import type { TableColumnOptions, ValueTransformer } from 'typeorm';
import { assert } from '#libs/std/assert.js';

type Extra = { readonly nullable?: boolean; readonly primary?: boolean };

function column(name: string, type: string, extra: Extra & { readonly length?: string }): TableColumnOptions {
  return {
    name,
    type,
    isNullable: extra.nullable ?? false,
    isPrimary: extra.primary ?? false,
    ...(extra.length === undefined ? {} : { length: extra.length }),
  };
}

export const columns = {
  /** Text of at most `length` characters. SQLite does not check the length: the contract's schema does. */
  varchar: (name: string, length: number, extra: Extra = {}): TableColumnOptions =>
    column(name, 'varchar', { ...extra, length: String(length) }),
  text: (name: string, extra: Extra = {}): TableColumnOptions => column(name, 'text', extra),
  /** 32 bits with a sign. */
  integer: (name: string, extra: Extra = {}): TableColumnOptions => column(name, 'integer', extra),
  /** Whole numbers below 2^53; the entity needs `safeInteger`, because the pg driver hands out text. */
  bigint: (name: string, extra: Extra = {}): TableColumnOptions => column(name, 'bigint', extra),
  /** A moment as milliseconds since 1970-01-01T00:00:00Z; the entity needs `safeInteger`. */
  epochMs: (name: string, extra: Extra = {}): TableColumnOptions => column(name, 'bigint', extra),
  /** In conditions of raw SQL write `"flag"` or `NOT "flag"`, never `= 1`: only that reads the same on both. */
  boolean: (name: string, extra: Extra = {}): TableColumnOptions => column(name, 'boolean', extra),
} as const;

/** For `@Column('bigint', { transformer: safeInteger })`: a number on both engines, null stays null. */
export const safeInteger: ValueTransformer = {
  to: (value: unknown): unknown => {
    // TypeORM also passes the operands of conditions such as `LessThan(...)`: those are not ours to check.
    assert(typeof value !== 'number' || Number.isSafeInteger(value), 'a bigint column holds whole numbers below 2^53');
    return value;
  },
  from: (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    const number = Number(value);
    assert(Number.isSafeInteger(number), 'a bigint column holds whole numbers below 2^53');
    return number;
  },
};
