import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Schemas } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { civil, toDate } from '@/kit/format'
import { QueryView, SkeletonLines } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import type { Article, Version } from './data'
import { diffLines } from './diff'

/** Who changed what and why, version by version, and who said when that it still holds. */
export function History({ article: a }: { article: Article }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/articles/{id}/versions', { params: { path: { id: a.id } } })
  return (
    <Panel title={t('knowledge.history')}>
      <QueryView query={query} lines={3}>
        {({ versions, reviews }) => (
          <>
            <ol className="article-history">
              {versions.map((v, i) => (
                <Entry key={v.no} article={a.id} version={v} before={versions[i + 1]?.no} />
              ))}
            </ol>
            {reviews.length > 0 && <Reviews of={reviews} />}
          </>
        )}
      </QueryView>
    </Panel>
  )
}

function Entry({ article, version: v, before }: { article: string; version: Version; before?: number }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <li>
      <b>{t('knowledge.no_of', { no: v.no })}</b> {v.by} · <DateText value={v.at} time />
      {v.note && <div>{v.note}</div>}
      <div className="muted">
        {v.published_at && t('knowledge.was_published', { by: v.published_by, at: civil(toDate(v.published_at)) })}{' '}
        {before !== undefined && (
          <button type="button" className="text-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'knowledge.hide' : 'knowledge.compare')}
          </button>
        )}
      </div>
      {open && before !== undefined && <Changes article={article} from={before} to={v.no} />}
    </li>
  )
}

function Changes({ article: id, from, to }: { article: string; from: number; to: number }) {
  const { t } = useTranslation()
  const one = (no: number) =>
    api.useQuery('get', '/api/v1/articles/{id}/versions/{no}', { params: { path: { id, no } } }, { staleTime: 300_000 })
  const before = one(from)
  const after = one(to)
  if (!before.data || !after.data) return <SkeletonLines lines={4} />
  const a = before.data
  const b = after.data
  const parts = (['zh', 'en'] as const).flatMap((l) => [
    { key: t(`knowledge.title_${l}`), lines: diffLines(a.title[l], b.title[l]) },
    { key: t(`knowledge.body_${l}`), lines: diffLines(a.body[l], b.body[l]) },
  ])
  const changed = parts.filter((p) => p.lines.some((l) => l.op !== ' '))
  if (changed.length === 0) return <p className="muted">{t('knowledge.same')}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <section className="article-diff" aria-label={t('knowledge.compare')} tabIndex={0}>
      {changed.map((p) => (
        <div key={p.key}>
          <h3>{p.key}</h3>
          {p.lines.map((l, i) =>
            l.op === '+' ? (
              <ins key={i}>{l.text}</ins>
            ) : l.op === '-' ? (
              <del key={i}>{l.text}</del>
            ) : (
              <div key={i}>{l.text || ' '}</div>
            ),
          )}
        </div>
      ))}
    </section>
  )
}

function Reviews({ of }: { of: Schemas['ArticleReviewView'][] }) {
  const { t } = useTranslation()
  return (
    <>
      <h3>{t('knowledge.reviews')}</h3>
      <ul className="article-history">
        {of.map((r) => (
          <li key={`${r.on}${r.next_on}${r.by}`}>
            {r.by} · <DateText value={r.on} /> <span className="muted">{t('knowledge.until', { on: r.next_on })}</span>
            {r.note && <div>{r.note}</div>}
          </li>
        ))}
      </ul>
    </>
  )
}
