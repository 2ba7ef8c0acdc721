// Nothing can be begun; the kiosk's sentence says why and until when.
import type { ReactNode } from 'react';
import { MoneySentence } from '#libs/ui/money.js';
import { Closed } from '../drawings/people.js';
import { Page } from '../page.js';
import type { ViewOf } from '../stages.js';

export function OutOfService({ view }: { readonly view: ViewOf<'out-of-service'> }): ReactNode {
  const { sentence, money } = view.data;
  return (
    <Page title="ただいまご利用いただけません" lead={sentence} picture={<Closed />}>
      {money === null ? (
        <>
          <p>お急ぎのときは、お住まいの市区町村の窓口をご利用ください。</p>
          <p>カードは差し込まないでください。</p>
        </>
      ) : (
        <>
          <MoneySentence money={money} />
          <p>カードが残っているときは、お取りになり、係員にお声がけください。</p>
        </>
      )}
    </Page>
  );
}
