// Nothing can be begun; the kiosk's sentence says why and until when.
import type { ReactNode } from 'react';
import { Closed } from '../drawings/people.js';
import { Page } from '../page.js';
import type { ViewOf } from '../stages.js';

export function OutOfService({ view }: { readonly view: ViewOf<'out-of-service'> }): ReactNode {
  return (
    <Page title="ただいまご利用いただけません" lead={view.data.sentence} picture={<Closed />}>
      <p>お急ぎのときは、お住まいの市区町村の窓口をご利用ください。</p>
      <p>カードは差し込まないでください。</p>
    </Page>
  );
}
