import { useTranslation } from 'react-i18next'

/** How much a grade should stand out: only the top one is filled, only `alert` asks for action. */
export type GradeTone = 'top' | 'high' | 'plain' | 'low' | 'warn' | 'alert'

/** toneByRank spreads the grades of a scheme over the tones: the best is `top`, the second `high`, the last `low`. */
export function toneByRank(rank: number, count: number): GradeTone {
  if (rank === 0) return 'top'
  if (rank === 1 && count > 2) return 'high'
  return rank === count - 1 && count > 3 ? 'low' : 'plain'
}

/** The grade of a customer. With `onWhy` it is a button that opens the explanation. */
export function GradeTag({ label, tone = 'plain', onWhy }: { label: string; tone?: GradeTone; onWhy?: () => void }) {
  const { t } = useTranslation()
  if (!onWhy) return <span className={`grade g-${tone}`}>{label}</span>
  return (
    <button
      type="button"
      className={`grade g-${tone} grade-why`}
      onClick={onWhy}
      aria-label={t('kit.grade_open', { grade: label })}
    >
      {label}
    </button>
  )
}
