import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, type Schemas } from '@/api/client'
import { DateInput } from '@/kit/DateInput'
import { EmptyState } from '@/kit/EmptyState'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page, Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { AbsencesPanel } from './AbsencesPanel'
import { useUnits } from './data'
import './admin.css'

const PostForm = lazy(() => import('./PostForm'))

type Post = Schemas['ProcedurePostView']
type Holder = Schemas['ProcedureHolderView']

/** Holders by a role that are named before the rest is counted. */
const NAMED = 6

/** Who holds which post of the regulations, and who is away. */
export default function PostsPage() {
  const { t } = useTranslation()
  const may = usePermission('procedure.manage')
  return may ? <Posts /> : <NoAccess title={t('admin.page.posts')} />
}

function Posts() {
  const { t } = useTranslation()
  const { on } = useSearch({ from: '/shell/settings/posts' })
  const navigate = useNavigate()
  const show = (day?: string) =>
    void navigate({ to: '/settings/posts', search: { on: day || undefined }, replace: true })
  const posts = api.useQuery('get', '/api/v1/posts', { params: { query: { on } } })
  const [giving, setGiving] = useState<string>()
  return (
    <Page
      title={t('admin.page.posts')}
      actions={
        <Button type="primary" onClick={() => setGiving('')} disabled={!posts.data?.items.length}>
          {t('post.give')}
        </Button>
      }
    >
      <div className="settings-column">
        <div className="row">
          <span className="muted">{t('post.on')}</span>
          <DateInput value={on} onChange={show} aria-label={t('post.on')} />
          {on && <Button onClick={() => show()}>{t('post.back_today')}</Button>}
        </div>
        <QueryView query={posts} lines={8}>
          {(list) =>
            list.items.length === 0 ? (
              <EmptyState title={t('post.none')} hint={t('post.none_hint')} />
            ) : (
              <Panel title={t('post.title')}>
                <p className="muted">{on ? t('post.on_about', { day: on }) : t('post.about')}</p>
                <ul className="posts">
                  {[...list.items]
                    .sort((a, b) => Number(a.held) - Number(b.held))
                    .map((p) => (
                      <PostRow key={p.post} post={p} onGive={() => setGiving(p.post)} />
                    ))}
                </ul>
              </Panel>
            )
          }
        </QueryView>
        <AbsencesPanel everybody />
      </div>
      <Suspense>
        {giving !== undefined && (
          <PostForm posts={posts.data?.items ?? []} post={giving} onClose={() => setGiving(undefined)} />
        )}
      </Suspense>
    </Page>
  )
}

function PostRow({ post: p, onGive }: { post: Post; onGive: () => void }) {
  const { t } = useTranslation()
  const text = useText()
  const given = p.holders.filter((h) => h.source === 'post')
  const byRole = [...new Set(p.holders.filter((h) => h.source === 'role').map((h) => h.user_name))]
  const title = text(p.title) || p.post
  // Names in code are for the rulebook; people know the others.
  const also = p.names.filter((n) => n !== title && !/^[a-z0-9_]+$/.test(n))
  return (
    <li>
      <div className="post-head">
        <b>{title}</b>
        {also.length > 0 && <span className="muted">{also.join(t('kit.list_comma'))}</span>}
        {!p.held && <StatusDot tone="bad" label={t('post.vacant')} />}
        <span className="grow" />
        <Button size="small" onClick={onGive} aria-label={t('post.give_this', { post: title })}>
          {t('post.give')}
        </Button>
      </div>
      {given.length > 0 && (
        <ul className="entries" aria-label={title}>
          {given.map((h) => (
            <HolderRow key={h.id} holder={h} title={title} />
          ))}
        </ul>
      )}
      {byRole.length > 0 && (
        <p className="muted">
          {t('post.by_role', { role: t(`admin.role.${p.role}`, { defaultValue: p.role }) })}
          {byRole.slice(0, NAMED).join(t('kit.list_comma'))}
          {byRole.length > NAMED && t('post.and_more', { count: byRole.length - NAMED })}
        </p>
      )}
      {!p.held && <p className="muted">{t('post.vacant_hint')}</p>}
    </li>
  )
}

function HolderRow({ holder: h, title }: { holder: Holder; title: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const confirm = useConfirm()
  const { nameOf } = useUnits()
  const end = () =>
    confirm({
      title: t('post.end_title', { name: h.user_name, post: title }),
      text: t('post.end_text'),
      ok: t('post.end'),
      danger: true,
      action: async () => {
        await http.POST('/api/v1/posts/{id}/end', { params: { path: { id: h.id } }, body: {} })
        await client.invalidateQueries({ queryKey: ['get', '/api/v1/posts'] })
      },
    })
  return (
    <li>
      <b>{h.user_name}</b>
      <span className="muted">{nameOf(h.unit_id) || t('post.everywhere')}</span>
      <span className="muted num">
        {h.until ? t('post.span', { from: h.from, until: h.until }) : t('post.since', { from: h.from })}
      </span>
      <Button size="small" type="text" danger onClick={() => void end()}>
        {t('post.end')}
      </Button>
    </li>
  )
}
