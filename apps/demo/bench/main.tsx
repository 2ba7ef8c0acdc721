// Opens the bench: the kiosk's screen and everything that hands do around it.
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { assert } from '#libs/std/assert.js';
import { Bench } from './bench.js';

z.config({ jitless: true });

const place = document.querySelector('#bench');
assert(place !== null, 'the page has a place for the bench');
createRoot(place).render(<Bench />);
