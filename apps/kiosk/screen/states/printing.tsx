// Step 13: one job a copy. When the printer stopped, the kiosk's sentence says what happens now.
import type { ReactNode } from 'react';
import { Notice } from '#libs/ui/notice.js';
import { Paper } from '../drawings/paper.js';
import { Page } from '../page.js';
import type { ViewOf } from '../stages.js';

export function Printing({ view }: { readonly view: ViewOf<'printing'> }): ReactNode {
  const { copy, copies, stopped } = view.data;
  return (
    <Page
      title={stopped === null ? '印刷しています' : '印刷が止まっています'}
      lead="紙がすべて出るまで、離れないでください。"
      picture={<Paper moment="printing" />}
    >
      {stopped === null ? (
        <div className="bar" aria-hidden="true">
          <span />
        </div>
      ) : (
        <Notice kind="stop">{stopped}</Notice>
      )}
      <p className="amount">
        {stopped === null ? '印刷中' : '停止中'}
        <strong>
          {copies}部のうち{copy}部め
        </strong>
      </p>
      <p>1部ごとに少し時間がかかります。紙はまだ取らずにお待ちください。</p>
    </Page>
  );
}
