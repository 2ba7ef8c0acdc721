// Opens the touch screen in its page. zod must not compile code at run time: the page's
// content security policy forbids it.
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { assert } from '#libs/std/assert.js';
import { App } from './app.js';

z.config({ jitless: true });
// A long press must not open a menu on a panel without a keyboard.
document.addEventListener('contextmenu', (event) => event.preventDefault());

const place = document.querySelector('#screen');
assert(place !== null, 'the page has a place for the screen');
createRoot(place).render(<App />);
