// Everybody who can walk up to the kiosk of the demo. Each line of
// register-stories.ts and card-stories.ts is one story; what it does not say is the ordinary
// case: a My Number Card of the municipality, linked, three tries, and enough money.
import { z } from 'zod';
import { assert } from '#libs/std/assert.js';
import { cardStories } from './card-stories.js';
import { citizenSchema, luhnCheckDigit, type Citizen } from './citizen-schema.js';
import { registerStories } from './register-stories.js';
import { aomineCode, kirigaokaCode, shiomidaiCode } from './registers.js';
import type { Line } from './story-line.js';

const homes: Readonly<Record<string, string>> = { '95': aomineCode, '96': kirigaokaCode };

export const citizens: readonly Citizen[] = z.array(citizenSchema).parse([...registerStories, ...cardStories].map(citizenOf));

export function findCitizen(id: string): Citizen | null {
  return citizens.find((citizen) => citizen.id === id) ?? null;
}

/** Breaks where there is nobody of that id. */
export function getCitizen(id: string): Citizen {
  const citizen = findCitizen(id);
  assert(citizen !== null, 'a citizen of the demo');
  return citizen;
}

function citizenOf(line: Line, index: number): Citizen {
  const municipality = homes[line.of.slice(0, 2)] ?? shiomidaiCode;
  assert(/^9\d{5}$/.test(line.of), 'a resident number of the fictional world has six digits and begins with 9');
  return {
    id: line.id,
    story: line.story,
    storyJa: line.ja,
    municipality,
    residentNumber: line.of,
    pin: String(1111 + index * 37),
    typedPin: line.typedPin ?? String(1111 + index * 37),
    card: {
      variant: 'my-number-card',
      triesLeft: 3,
      certificate: 'valid',
      links: [{ municipality, residentNumber: line.of, usableFrom: 'now' }],
      ...line.card,
    },
    bankAccount: accountOf(line, index),
    expect: line.ends === undefined ? 'delivered' : 'refused',
    reason: line.ends ?? null,
  };
}

function accountOf(line: Line, index: number): Citizen['bankAccount'] {
  const digits = `93929999${String(1_000_001 + index * 101)}`;
  const pin = String(4321 + index * 29);
  return {
    pan: `${digits}${luhnCheckDigit(digits)}`,
    panSequence: '01',
    expiry: '3612',
    pin,
    typedPin: pin,
    balanceYen: 50_000,
    ...line.bank,
  };
}
