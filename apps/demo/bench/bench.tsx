// The bench of a demo branch: at the left the kiosk's screen as it is, at the right the
// hands: cards, the bank's PIN pad, the printers.
import { useEffect, useState, type ReactNode } from 'react';
import type { BenchCitizen, BenchSettings } from '#libs/contract/bench.js';
import type { BenchState } from '#libs/contract/simulators.js';
import { askCitizens, askSettings, watchBench } from './ask.js';
import { Cards } from './cards.js';
import { KioskFrame } from './kiosk-frame.js';
import { limits } from './limits.js';
import { PinPad } from './pin-pad.js';
import { Printer } from './printer.js';
import { Receipt } from './receipt.js';

export function Bench(): ReactNode {
  const { state, connected } = useBenchState();
  const branch = useBranch();
  const [trouble, setTrouble] = useState<string | null>(null);
  if (state === null || branch === null) return <p className="bench-wait">デモ支店の準備を待っています。</p>;
  const attempt = (outcome: Promise<string | null>): void => {
    void outcome.then(setTrouble);
  };
  return (
    <div className="bench">
      <KioskFrame url={branch.settings.kioskUrl} />
      <div className="bench-hands">
        <header>
          <h1>窓口 デモ支店</h1>
          <p>左がキオスクの画面、右が「手」です。登場する人も番号もすべて架空です。</p>
          <p role="alert" className="trouble">
            {connected ? trouble : 'デモのサーバーとの接続が切れました。つなぎ直しています。'}
          </p>
        </header>
        <Cards slots={state.slots} citizens={branch.citizens} attempt={attempt} />
        <PinPad pad={state.pinPad} attempt={attempt} />
        <div className="column">
          <Printer printer={state.printer} faults={branch.settings.printerFaults} attempt={attempt} />
          <Receipt receipt={state.receipt} faults={branch.settings.receiptFaults} attempt={attempt} />
        </div>
      </div>
    </div>
  );
}

function useBenchState(): { state: BenchState | null; connected: boolean } {
  const [seen, setSeen] = useState<{ state: BenchState | null; connected: boolean }>({ state: null, connected: false });
  useEffect(
    () =>
      watchBench({
        onState: (state) => setSeen({ state, connected: true }),
        onBroken: () => setSeen(({ state }) => ({ state, connected: false })),
      }),
    [],
  );
  return seen;
}

type Branch = { readonly settings: BenchSettings; readonly citizens: readonly BenchCitizen[] };

/** Asked again until the demo answers: the page may be open before the branch is. */
function useBranch(): Branch | null {
  const [branch, setBranch] = useState<Branch | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tryOnce = (): void => {
      Promise.all([askSettings(), askCitizens()]).then(
        ([settings, citizens]) => setBranch({ settings, citizens }),
        () => {
          timer = setTimeout(tryOnce, limits.reconnectMs);
        },
      );
    };
    tryOnce();
    return () => clearTimeout(timer);
  }, []);
  return branch;
}
