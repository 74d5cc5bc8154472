import { Button, Checkbox, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http, type Schemas, useRefreshUnder } from '@/api/client'
import { asApiError } from '@/api/error'
import { ArticleLink } from '@/kit/ArticleLink'
import { ErrorState } from '@/kit/ErrorState'
import { Markdown } from '@/kit/Markdown'
import { Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { StandingDot } from './words'

type Mine = Schemas['TrainingMineView']
type Paper = Schemas['TrainingPaperView']

/** One course: read it, answer its questions, see what came of it. */
export default function Take({ course: c, onClose }: { course: Mine; onClose: () => void }) {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/training')
  const [paper, setPaper] = useState<Paper>()
  const [chosen, setChosen] = useState<number[][]>([])
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const run = async (act: () => Promise<void>) => {
    setBusy(true)
    setFailure(undefined)
    try {
      await act()
    } catch (e) {
      setFailure(e)
    } finally {
      setBusy(false)
    }
  }
  const begin = async () => {
    const { data } = await http.POST('/api/v1/training/courses/{id}/attempts', { params: { path: { id: c.id } } })
    if (!data) return
    setChosen(data.questions.map(() => []))
    setPaper(data)
    if (data.questions.length === 0) await answer(data, [])
  }
  const answer = async (to: Paper, answers: number[][]) => {
    const { data } = await http.POST('/api/v1/training/attempts/{id}/answers', {
      params: { path: { id: to.id } },
      body: { answers },
    })
    setPaper(data)
    window.scrollTo({ top: 0 })
    await refresh()
  }
  const missing = chosen.filter((x) => x.length === 0).length
  const asking = paper?.state === 'open' && paper.questions.length > 0
  return (
    <div className="settings-column">
      <Panel title={c.title} extra={<Button onClick={onClose}>{t('training.back')}</Button>}>
        <p className="course-what">
          {paper && paper.state !== 'open' ? <Result of={paper} /> : <StandingDot of={c.standing} />}
        </p>
        {!paper && <Reading of={c} />}
        {failure !== undefined && <ErrorState error={asApiError(failure)} inline />}
        {!paper && (
          <Button type="primary" loading={busy} disabled={c.left === 0} onClick={() => void run(begin)}>
            {t(c.asked > 0 ? 'training.questions' : 'training.confirm_read')}
          </Button>
        )}
        {paper && (
          <Questions
            of={paper}
            chosen={chosen}
            onChoose={(at, value) => setChosen((all) => all.map((x, i) => (i === at ? value : x)))}
          />
        )}
        {asking && (
          <div className="course-foot">
            <Button
              type="primary"
              loading={busy}
              disabled={missing > 0}
              onClick={() => void run(() => answer(paper, chosen))}
            >
              {t('training.hand_in')}
            </Button>
            {missing > 0 && <span className="muted">{t('training.missing', { n: missing })}</span>}
          </div>
        )}
        {paper?.state === 'failed' && paper.left !== 0 && (
          <Button loading={busy} onClick={() => void run(begin)}>
            {t('training.again')}
          </Button>
        )}
      </Panel>
    </div>
  )
}

function Result({ of: p }: { of: Paper }) {
  const { t } = useTranslation()
  const passed = p.state === 'passed'
  return (
    <>
      <StatusDot label={t(passed ? 'training.passed' : 'training.failed')} tone={passed ? 'ok' : 'bad'} />
      {p.questions.length > 0 && (
        <span className="num">{t('training.score', { score: p.score, mark: p.pass_mark })}</span>
      )}
      {!passed && p.left === 0 && <span>{t('training.none_left')}</span>}
    </>
  )
}

function Reading({ of: c }: { of: Mine }) {
  const { t } = useTranslation()
  return (
    <>
      {c.body && <Markdown text={c.body} />}
      {c.article_id && (
        <p>
          <ArticleLink to={`/knowledge/${c.article_id}`}>{t('training.article')}</ArticleLink>
        </p>
      )}
      {c.file_id && (
        <p>
          <a href={`/api/v1/files/${c.file_id}`} download>
            {t('training.file')}
          </a>
        </p>
      )}
      {c.asked > 0 && (
        <p className="muted">
          {t('training.asked', { n: c.asked, mark: c.pass_mark })}
          {c.left >= 0 && ` ${t('training.left', { n: c.left })}`}
        </p>
      )}
    </>
  )
}

interface QuestionsProps {
  of: Paper
  chosen: number[][]
  onChoose: (at: number, value: number[]) => void
}

function Questions({ of: p, chosen, onChoose }: QuestionsProps) {
  const { t } = useTranslation()
  const open = p.state === 'open'
  return (
    <ol className="questions">
      {p.questions.map((q, i) => {
        const value = open ? (chosen[i] ?? []) : q.chosen
        const options = q.options.map((label, at) => ({
          value: at,
          label: q.right?.includes(at) ? `${label} ✓` : label,
        }))
        return (
          <li key={`${p.id}-${i}`}>
            <p>
              {q.text} {q.many && <span className="muted">{t('training.many')}</span>}
              {q.correct !== undefined && (
                <StatusDot label={t(q.correct ? 'training.right' : 'training.wrong')} tone={q.correct ? 'ok' : 'bad'} />
              )}
            </p>
            {q.many ? (
              <Checkbox.Group
                className="question-options"
                aria-label={q.text}
                disabled={!open}
                options={options}
                value={value}
                onChange={(v) => onChoose(i, v)}
              />
            ) : (
              <Radio.Group
                className="question-options"
                aria-label={q.text}
                disabled={!open}
                options={options}
                value={value[0]}
                onChange={(e) => onChoose(i, [e.target.value as number])}
              />
            )}
            {q.why && <p className="muted">{q.why}</p>}
          </li>
        )
      })}
    </ol>
  )
}
