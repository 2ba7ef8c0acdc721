// The words that stand on every screen, in one place so that the same thing is always
// called the same. Japanese, as a citizen sees them.

export const words = {
  next: '次へ',
  back: '戻る',
  stop: 'やめる',
  call: '係員を呼ぶ',
  called: '係員を呼んでいます',
  moreTime: 'もう少し時間が必要',
  wait: 'しばらくお待ちください',
  selected: '選んでいます',
} as const;

/** 300円, 1,200円. */
export function yenWords(amountYen: number): string {
  return `${amountYen.toLocaleString('ja-JP')}円`;
}

/** 45秒; above a minute 約2分, so that nobody is hurried by running seconds. */
export function remainingWords(seconds: number): string {
  return seconds > 60 ? `約${Math.round(seconds / 60)}分` : `${Math.max(0, seconds)}秒`;
}
