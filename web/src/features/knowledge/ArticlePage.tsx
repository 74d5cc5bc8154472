import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { CaseLink } from '@/kit/CaseLink'
import { Choice } from '@/kit/Choice'
import { DateText } from '@/kit/DateText'
import { ErrorState } from '@/kit/ErrorState'
import { QueryView, SkeletonLines } from '@/kit/Loading'
import { Markdown } from '@/kit/Markdown'
import { Num } from '@/kit/Money'
import { Fields, Page, Panel, RecordLayout } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { Actions } from './Actions'
import { type Article, useArticle, type Version } from './data'
import { History } from './History'
import { type ArticleLanguage, articleLanguages } from './routes'
import { ArticleState, Tags } from './words'
import './knowledge.css'

const ArticleForm = lazy(() => import('./ArticleForm'))

const route = getRouteApi('/shell/knowledge/$id')

/** An article: its text in one language or both, what it is used for, how it became what it is. */
export default function ArticlePage() {
  const { t } = useTranslation()
  const text = useText()
  const { id } = route.useParams()
  const search = route.useSearch()
  const navigate = useNavigate()
  const { data: a, error, refetch } = useArticle(id)
  const [editing, setEditing] = useState(false)
  const back = { label: t('app.area.knowledge'), onClick: () => void navigate({ to: '/knowledge' }) }
  if (!a)
    return (
      <Page title={t('app.area.knowledge')} back={back}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonLines lines={10} />}
      </Page>
    )
  const shown = (search.draft === 'yes' && a.draft) || a.shown
  return (
    <Page
      title={text(shown.title)}
      back={back}
      badges={
        <>
          <ArticleState of={a} />
          {a.audience === 'public' && <StatusDot label={t('knowledge.audiences.public')} tone="active" />}
        </>
      }
      actions={<Actions article={a} onEdit={() => setEditing(true)} />}
    >
      <Draft article={a} shown={shown} />
      <RecordLayout
        main={
          <>
            <Texts version={shown} />
            <span className="article-noprint">
              <History article={a} />
            </span>
          </>
        }
        side={
          <>
            <Panel title={t('knowledge.about')}>
              <About article={a} shown={shown} />
            </Panel>
            <Used id={a.id} />
          </>
        }
      />
      {editing && (
        <Suspense>
          <ArticleForm article={a} onClose={() => setEditing(false)} onSaved={() => undefined} />
        </Suspense>
      )}
    </Page>
  )
}

/** Says which of two versions is shown while a revision waits. */
function Draft({ article: a, shown }: { article: Article; shown: Version }) {
  const { t } = useTranslation()
  if (!a.draft) return null
  const onDraft = shown.no === a.draft.no
  return (
    <p className="article-banner article-noprint" role="status">
      {onDraft
        ? t('knowledge.draft_shown', { no: a.draft.no })
        : t('knowledge.draft_waits', { no: a.draft.no, shown: a.shown.no })}
      <Link
        className="link"
        to="/knowledge/$id"
        params={{ id: a.id }}
        search={(s) => ({ ...s, draft: onDraft ? undefined : 'yes' })}
      >
        {t(onDraft ? 'knowledge.see_published' : 'knowledge.see_draft')}
      </Link>
    </p>
  )
}

function Texts({ version: v }: { version: Version }) {
  const { t, i18n } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const own = i18n.language === 'zh' ? 'zh' : 'en'
  const other = own === 'zh' ? 'en' : 'zh'
  const lang = search.lang ?? (v.title[own] ? own : other)
  // The title of the page is in the reader's language, where there is one.
  const page = v.title[own] ? own : other
  const both = Boolean(v.title.zh && v.title.en)
  const langs = lang === 'both' ? ([own, other] as const) : ([lang] as const)
  return (
    <Panel
      extra={
        <span className="article-noprint">
          <Choice<ArticleLanguage>
            label={t('knowledge.lacks')}
            value={lang}
            options={articleLanguages
              .filter((l) => both || l !== 'both')
              .map((value) => ({ value, label: t(`knowledge.lang.${value}`) }))}
            onChange={(next) => void navigate({ search: (s) => ({ ...s, lang: next }), replace: true })}
          />
        </span>
      }
    >
      <div className="article-texts">
        {langs.map((l) => (
          <article key={l} aria-label={t(`knowledge.lang.${l}`)}>
            {v.title[l] ? (
              <>
                {lang !== page && <h2>{v.title[l]}</h2>}
                <Markdown text={v.body[l]} lang={l} />
              </>
            ) : (
              <p className="muted">{t('knowledge.missing')}</p>
            )}
          </article>
        ))}
      </div>
    </Panel>
  )
}

function About({ article: a, shown }: { article: Article; shown: Version }) {
  const { t } = useTranslation()
  return (
    <Fields
      items={[
        { label: t('knowledge.keeper'), value: a.keeper.name },
        { label: t('knowledge.audience'), value: t(`knowledge.audiences.${a.audience}`) },
        { label: t('knowledge.no'), value: t('knowledge.no_of', { no: shown.no }) },
        {
          label: t('knowledge.review'),
          value: (
            <span className={a.review_due ? 'article-due' : undefined}>
              <DateText value={a.review_on} />
            </span>
          ),
        },
        { label: t('knowledge.published_at'), value: <DateText value={shown.published_at} /> },
        { label: t('knowledge.updated'), value: <DateText value={a.updated_at} /> },
        { label: t('knowledge.tags'), value: a.tags.length > 0 && <Tags of={a.tags} />, wide: true },
        ...(a.case_id
          ? [
              {
                label: t('knowledge.from_case'),
                value: <CaseLink to={`/cases/${a.case_id}`}>{t('knowledge.open_case')}</CaseLink>,
              },
            ]
          : []),
      ]}
    />
  )
}

/** The cases it helped with, those I may see by name. */
function Used({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/articles/{id}/cases', { params: { path: { id } } })
  return (
    <Panel title={t('knowledge.used')} extra={<Num value={query.data?.total} />}>
      <QueryView query={query} lines={3}>
        {({ total, cases }) =>
          total === 0 ? (
            <p className="muted">{t('knowledge.used_none')}</p>
          ) : (
            <>
              <ul className="article-cases">
                {cases.map((c) => (
                  <li key={c.id}>
                    <CaseLink to={`/cases/${c.id}`}>{c.title}</CaseLink>
                    <br />
                    <span className="muted">
                      {[c.number, c.customer].filter(Boolean).join(' · ')} <DateText value={c.received_at} />
                    </span>
                  </li>
                ))}
              </ul>
              {cases.length < total && (
                <p className="muted">{t('knowledge.used_hidden', { total, n: cases.length })}</p>
              )}
            </>
          )
        }
      </QueryView>
    </Panel>
  )
}
