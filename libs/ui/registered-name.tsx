// A name as it will stand on the sheet, in the font of the sheet; a very long one smaller,
// never cut off.
import type { ReactNode } from 'react';
import { isLongName } from './name-width.js';

export function RegisteredName({ name }: { readonly name: string }): ReactNode {
  return <span className={`registered-name ${isLongName(name) ? 'long-name' : ''}`}>{name}</span>;
}
