// 次へ was pressed before anything was chosen: it says what is missing, instead of doing nothing.
import type { ReactNode } from 'react';
import { Notice } from '#libs/ui/notice.js';

export function Missing({ shown, children }: { readonly shown: boolean; readonly children: ReactNode }): ReactNode {
  return shown ? <Notice kind="warn">{children}</Notice> : null;
}
