// The words that stand on every screen, in one place so that the same thing is always
// called the same. Japanese, as a citizen sees them.

export const words = {
  next: '次へ',
  back: '戻る',
  stop: 'やめる',
  call: '係員を呼ぶ',
  called: '係員を呼びました。お待ちください',
  moreTime: 'もう少し時間が必要',
  wait: 'しばらくお待ちください',
} as const;

/** 300円, 1,200円. */
export function yenWords(amountYen: number): string {
  return `${amountYen.toLocaleString('ja-JP')}円`;
}

/** 25秒; above half a minute in tens (約80秒) and then minutes, so that nobody is hurried by running seconds. */
export function remainingWords(seconds: number): string {
  if (seconds >= 120) return `約${Math.floor(seconds / 60)}分`;
  return seconds > 30 ? `約${Math.floor(seconds / 10) * 10}秒` : `${Math.max(0, seconds)}秒`;
}
