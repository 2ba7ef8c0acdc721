// How long somebody looks at one thing that does not change.

export class Patience {
  private timer: NodeJS.Timeout;
  private isOver = false;

  constructor(
    private readonly timeoutMs: number,
    private readonly onLost: () => void,
  ) {
    this.timer = setTimeout(onLost, timeoutMs);
  }

  /** Something new was seen. */
  renew(): void {
    if (this.isOver) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.onLost, this.timeoutMs);
  }

  end(): void {
    this.isOver = true;
    clearTimeout(this.timer);
  }
}
