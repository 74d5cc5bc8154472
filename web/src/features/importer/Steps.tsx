import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Step } from './routes'

const order = ['upload', 'map', 'check', 'result'] as const

/** Where the person is in the import; steps that can be gone back to are buttons. */
export function Steps(p: { current: 'upload' | Step; back?: Step[]; onStep?: (s: Step) => void }) {
  const { t } = useTranslation()
  const at = order.indexOf(p.current)
  return (
    <ol className="steps" aria-label={t('importer.steps')}>
      {order.map((s, i) => {
        const can = s !== 'upload' && i < at && p.back?.includes(s)
        const mark = i < at ? <Check size={12} strokeWidth={2.5} aria-hidden /> : i + 1
        const inner = (
          <>
            <span className="step-mark num">{mark}</span>
            <span className="step-name">{t(`importer.step.${s}`)}</span>
          </>
        )
        const state = i < at ? 'step step-over' : i === at ? 'step step-on' : 'step'
        return (
          <li key={s} className={state} aria-current={i === at ? 'step' : undefined}>
            {can ? (
              <button type="button" onClick={() => p.onStep?.(s as Step)}>
                {inner}
              </button>
            ) : (
              <span className="step-in">{inner}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
