import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { errorText } from '@/api/error'
import { ArticleLink } from '@/kit/ArticleLink'
import { QueryView } from '@/kit/Loading'
import { Panel } from '@/kit/Page'
import { SearchInput } from '@/kit/SearchInput'
import { useText } from '@/kit/text'
import { usePermission } from '@/kit/usePermission'

type Item = Schemas['ArticleItemView']

/** What the knowledge base has for a case: what helped, what may help, and the way to keep its solution. */
export default function Solutions({ caseId: id }: { caseId: string }) {
  const { t, i18n } = useTranslation()
  const may = usePermission('article.read')
  const mayWrite = usePermission('article.write')
  const [q, setQ] = useState('')
  const { run, busy } = useChange(id)
  const query = api.useQuery('get', '/api/v1/cases/{id}/articles', { params: { path: { id } } }, { enabled: may })
  const found = api.useQuery(
    'get',
    '/api/v1/articles',
    { params: { query: { q, state: ['published'], limit: 5 } } },
    { enabled: may && q !== '' },
  )
  if (!may) return null
  const attach = (a: Item) =>
    run(() => http.POST('/api/v1/cases/{id}/articles', { params: { path: { id } }, body: { article_id: a.id } }))
  const detach = (a: Item) =>
    run(() => http.DELETE('/api/v1/cases/{id}/articles/{article}', { params: { path: { id, article: a.id } } }))
  const save = () =>
    run(
      () =>
        http.POST('/api/v1/cases/{id}/articles/draft', {
          params: { path: { id } },
          body: { lang: i18n.language === 'en' ? 'en' : 'zh' },
        }),
      t('procedure.solutions.saved'),
    )
  return (
    <Panel
      title={t('procedure.solutions.title')}
      extra={
        mayWrite &&
        query.data?.saved === false && (
          <Button type="text" size="small" loading={busy} onClick={() => void save()}>
            {t('procedure.solutions.save')}
          </Button>
        )
      }
    >
      <QueryView query={query} lines={3}>
        {(data) => (
          <div className="stack">
            {data.solution ? (
              <ArticleLink to={`/knowledge/${data.solution.id}`}>{t('procedure.solutions.see')}</ArticleLink>
            ) : (
              data.saved && <span className="muted">{t('procedure.solutions.kept')}</span>
            )}
            <List
              title={t('procedure.solutions.attached')}
              items={data.attached}
              act={t('procedure.solutions.detach')}
              onAct={detach}
              busy={busy}
            />
            <SearchInput value={q} onChange={setQ} placeholder={t('procedure.solutions.find')} />
            <List
              title={t('procedure.solutions.suggested')}
              items={(q ? (found.data?.items ?? []) : data.suggested).filter(
                (a) => !data.attached.some((x) => x.id === a.id),
              )}
              act={t('procedure.solutions.attach')}
              onAct={attach}
              busy={busy}
              none={t(q ? 'procedure.solutions.found_none' : 'procedure.solutions.none')}
            />
          </div>
        )}
      </QueryView>
    </Panel>
  )
}

/** useChange does something to the articles of a case and reads them again; a failure is said. */
function useChange(id: string) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const run = async (change: () => Promise<unknown>, done?: string) => {
    setBusy(true)
    try {
      await change()
      if (done) void message.success(done)
      await client.invalidateQueries({ queryKey: ['get', '/api/v1/cases/{id}/articles', { params: { path: { id } } }] })
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  return { run, busy }
}

interface ListProps {
  title: string
  items: Item[]
  act: string
  onAct: (a: Item) => Promise<void>
  busy: boolean
  none?: string
}

function List({ title, items, act, onAct, busy, none }: ListProps) {
  const { t } = useTranslation()
  const text = useText()
  if (items.length === 0) return none ? <p className="muted">{none}</p> : null
  return (
    <section aria-label={title}>
      <b className="muted">{title}</b>
      <ul className="solutions">
        {items.map((a) => (
          <li key={a.id}>
            <span className="grow">
              <ArticleLink to={`/knowledge/${a.id}`}>{text(a.title)}</ArticleLink>
              {a.uses > 0 && <span className="muted"> {t('procedure.solutions.uses', { n: a.uses })}</span>}
            </span>
            <Button size="small" disabled={busy} aria-label={`${act} ${text(a.title)}`} onClick={() => void onAct(a)}>
              {act}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
