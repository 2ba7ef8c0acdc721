// One line of the list of citizens: what makes them a story.
import type { Citizen } from './citizen-schema.js';

export type Card = Partial<Citizen['card']>;
type Bank = Partial<Citizen['bankAccount']>;
export type Line = {
  readonly id: string;
  /** Resident number; its second digit is 5 in Aomine and 6 in Kirigaoka. */
  readonly of: string;
  readonly story: string;
  readonly ja: string;
  /** Absent: delivered. */
  readonly ends?: string;
  readonly card?: Card;
  readonly typedPin?: string;
  readonly bank?: Bank;
};

/** The one answer of everything that comes from a register. */
export const counter = 'go-to-counter';
