import { Button } from 'antd'
import { RotateCcw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FlowDefinition } from '@/kit/flowGraph'
import { durationText, limitText } from '@/kit/flowWords'
import { StatusDot } from '@/kit/StatusDot'
import { type FlowWords, useFlowWords } from '@/kit/useFlowWords'
import type { Answer, Question, Spent, Visit, Walk } from './dryRun'

/** Hours. */
const DAY = 24

interface Props {
  def: FlowDefinition
  post: (name: string) => string
  walk: Walk
  answers: Answer[]
  onAnswers: (a: Answer[]) => void
}

/** A dry run: the way so far with the time it may take, and the next question. */
export function DryRunPanel({ def, post, walk: w, answers, onAnswers }: Props) {
  const { t } = useTranslation()
  const words = useFlowWords(def, post)
  const spentText = useSpentText()
  const total = limitText(t, words.say, def, def.deadline)
  const end = def.ends?.find((e) => e.key === w.end)
  return (
    <div className="dry">
      <p className="muted">{t('designer.dry.about')}</p>
      <ol className="dry-way" aria-label={t('designer.dry.way')}>
        {w.visits.map((v, i) => (
          <VisitRow
            key={`${i}${v.step}`}
            visit={v}
            words={words}
            spent={spentText(v.spent)}
            onBack={v.way || v.skipped ? () => onAnswers(answers.slice(0, v.answered)) : undefined}
          />
        ))}
      </ol>
      {w.question && <Ask question={w.question} words={words} onAnswer={(a) => onAnswers([...answers, a])} />}
      {w.endless && <p className="flow-finding">{t('designer.dry.endless')}</p>}
      {!w.question && !w.end && !w.endless && (
        <p className="flow-finding flow-finding-error">{t('designer.dry.nowhere')}</p>
      )}
      <div className="dry-end" aria-live="polite">
        {end && (
          <StatusDot tone={end.good ? 'ok' : 'neutral'} label={t('designer.dry.end', { end: words.title(end.key) })} />
        )}
        <span>
          {t('designer.dry.spent', { spent: spentText(w.spent) })}
          {total && t('designer.dry.total', { total })}
        </span>
        {tooLong(w.spent, def) && <StatusDot tone="warn" label={t('designer.dry.too_long')} />}
        <span className="grow" />
        {answers.length > 0 && (
          <Button size="small" icon={<RotateCcw size={14} />} onClick={() => onAnswers([])}>
            {t('designer.dry.again')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** tooLong: the limits of the steps add up to more than the whole case has; only days and hours can be compared. */
function tooLong(spent: Spent, def: FlowDefinition): boolean {
  const limit = def.deadline?.within
  if (!(limit?.days || limit?.hours) || spent.working) return false
  return spent.days + spent.hours / DAY > (limit.days ?? 0) + (limit.hours ?? 0) / DAY
}

function useSpentText(): (s: Spent) => string {
  const { t } = useTranslation()
  return (s) => {
    const parts = [
      durationText(t, { days: s.days + Math.floor(s.hours / DAY) }),
      durationText(t, { working: s.working }),
      durationText(t, { hours: s.hours % DAY }),
    ]
    return parts.filter(Boolean).join(' + ') || t('designer.dry.no_time')
  }
}

function VisitRow(p: { visit: Visit; words: FlowWords; spent: string; onBack?: () => void }) {
  const { t } = useTranslation()
  const { visit: v, words } = p
  return (
    <li className={v.skipped ? 'dry-skipped' : undefined}>
      <b>{words.title(v.step)}</b>
      {v.skipped ? (
        <span className="muted">{t('designer.dry.skipped')}</span>
      ) : (
        <>
          <span className="muted">{[words.who(v.step), words.limit(v.step)].filter(Boolean).join(' · ')}</span>
          <span className="muted num">{t('designer.dry.until', { spent: p.spent })}</span>
        </>
      )}
      {v.way && <span className="dry-answer">{words.way(v.way) || t('designer.dry.on')}</span>}
      {p.onBack && (
        <button
          type="button"
          className="text-button"
          aria-label={t('designer.dry.change_at', { step: words.title(v.step) })}
          onClick={p.onBack}
        >
          {t('designer.dry.change')}
        </button>
      )}
    </li>
  )
}

function Ask(p: { question: Question; words: FlowWords; onAnswer: (a: Answer) => void }) {
  const { t } = useTranslation()
  const { question: q, words } = p
  const title = words.title(q.step)
  return (
    <fieldset className="dry-ask">
      <legend>
        {q.kind === 'skip'
          ? t('designer.dry.ask_skip', { step: title, when: words.condition(q.when) })
          : t('designer.dry.ask', { step: title })}
      </legend>
      {q.kind === 'skip' ? (
        <>
          <Button onClick={() => p.onAnswer({ step: q.step, skip: true })}>{t('designer.dry.skip_yes')}</Button>
          <Button onClick={() => p.onAnswer({ step: q.step, skip: false })}>{t('designer.dry.skip_no')}</Button>
        </>
      ) : (
        q.ways.map(({ way, index }) => (
          <Button key={index} danger={way.kind === 'rejected'} onClick={() => p.onAnswer({ step: q.step, way: index })}>
            {words.way(way) || t('designer.dry.on')} → {words.title(way.to)}
          </Button>
        ))
      )}
    </fieldset>
  )
}
