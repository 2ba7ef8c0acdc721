// The kiosk's screen at its true size, drawn smaller so that all of it is seen.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { limits } from './limits.js';

export function KioskFrame({ url }: { readonly url: string }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(0.4);
  useEffect(() => {
    const fit = (): void => {
      const box = place.current?.getBoundingClientRect();
      if (box !== undefined) setScale(box.height / limits.panelHeightPx);
    };
    fit();
    window.addEventListener('resize', fit);
    return () => window.removeEventListener('resize', fit);
  }, []);
  return (
    <div className="kiosk-frame" ref={place} style={{ width: limits.panelWidthPx * scale }}>
      <iframe
        title="キオスクの画面"
        src={url}
        width={limits.panelWidthPx}
        height={limits.panelHeightPx}
        style={{ transform: `scale(${scale})` }}
      />
    </div>
  );
}
