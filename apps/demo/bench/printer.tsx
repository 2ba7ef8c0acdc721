// The multifunction printer: its state, its paper, its tray. A sheet can be looked at, and
// the tray emptied, as the citizen does.
import { useRef, useState, type ReactNode } from 'react';
import type { BenchState } from '#libs/contract/simulators.js';
import { addPaper, takeSheets } from './ask.js';
import type { Attempt } from './attempt.js';
import { Faults } from './faults.js';
import { limits } from './limits.js';

type Props = { readonly printer: BenchState['printer']; readonly faults: readonly string[]; readonly attempt: Attempt };
type Sheet = BenchState['printer']['tray'][number];

/** RFC 8011 §5.4.11; another is shown by its name. */
const states: Readonly<Record<string, string>> = { idle: '待機中', processing: '印刷中', stopped: '停止中' };

export function Printer({ printer, faults, attempt }: Props): ReactNode {
  return (
    <section aria-label="プリンター" className="panel printer">
      <h2>
        プリンター <span className="state">{states[printer.state] ?? printer.state}</span>
      </h2>
      <Faults device="printer" now={printer.fault} faults={faults} attempt={attempt} />
      <p className="line">
        用紙 <b>{printer.paper}枚</b>
        <button type="button" onClick={() => attempt(addPaper(limits.refillSheets))}>
          {limits.refillSheets}枚入れる
        </button>
        <button type="button" onClick={() => attempt(addPaper(0))}>
          空にする
        </button>
      </p>
      <Tray tray={printer.tray} attempt={attempt} />
    </section>
  );
}

function Tray({ tray, attempt }: { readonly tray: readonly Sheet[]; readonly attempt: Attempt }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [looked, setLooked] = useState<Sheet | null>(null);
  const look = (sheet: Sheet): void => {
    setLooked(sheet);
    dialog.current?.showModal();
  };
  return (
    <div className="tray">
      <b>トレイ</b>
      {tray.length === 0 ? <span>（空）</span> : null}
      {tray.map((sheet) => (
        <button key={sheet.id} type="button" className="sheet" title={sheet.jobName} onClick={() => look(sheet)}>
          <span>{nameOf(sheet)}</span>
          <small>見る</small>
        </button>
      ))}
      {tray.length === 0 ? null : (
        <button type="button" className="take" onClick={() => attempt(takeSheets())}>
          紙を全部取る
        </button>
      )}
      <dialog ref={dialog} onClose={() => setLooked(null)} aria-label="印刷された紙">
        <p className="line">
          <a href={looked === null ? undefined : sheetPath(looked)} target="_blank" rel="noreferrer">
            別の画面で開く
          </a>
          <button type="button" onClick={() => dialog.current?.close()}>
            閉じる
          </button>
        </p>
        {looked === null ? null : <iframe title="印刷された紙" src={sheetPath(looked)} />}
      </dialog>
    </div>
  );
}

/** The job's name is the request, the copy and the attempt. */
function nameOf({ jobName, pages }: Sheet): string {
  const [, copy] = /-(\d+)-\d+$/.exec(jobName) ?? [];
  return `${copy === undefined ? jobName : `${copy}部め`} ${pages.join('・')}ページ`;
}

/** The document opens at what stands on this sheet (RFC 8118 §3, `page`). */
function sheetPath(sheet: Sheet): string {
  return `/bench/sheets/${encodeURIComponent(sheet.id)}#page=${sheet.pages[0] ?? 1}`;
}
