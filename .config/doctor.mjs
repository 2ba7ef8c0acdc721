// `npm run doctor -- [--part NAME] --config FILE [--json]`: the doctor of that part, of a
// kiosk when none is named. On an installed machine: `node .config/doctor.mjs …`, as the
// part's own user and without the set-up.
import { findPart, parts } from './parts.mjs';

const args = process.argv.slice(2);
const part = args.some((arg) => /^--part(?:=|$)/.test(arg)) ? findPart(args) : 'kiosk';
if (part === null) {
  process.stderr.write(`usage: npm run doctor -- [--part ${parts.join('|')}] --config FILE [--json]\n`);
  process.exit(1);
}
await import(new URL(`../dist/apps/${part}/src/doctor.js`, import.meta.url));
