import { useNavigate, useParams } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http, useRefreshUnder } from '@/api/client'
import { withWords } from '@/app/i18n'
import { DateText } from '@/kit/DateText'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Fields, Page, Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useText } from '@/kit/text'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import { type Unit, type User, useUnits } from './data'
import { SessionList } from './SessionsPanel'
import { TokensPanel } from './TokensPanel'
import './admin.css'

const UserForm = lazy(() => import('./UserForm'))
const PersonFactors = lazy(withWords(['factor'], () => import('./PersonFactors')))

/** A person, or a program: account, units, posts, who stands in, sessions, tokens and history. */
export default function PersonPage() {
  const { t } = useTranslation()
  const may = usePermission('user.manage')
  return may ? <Person /> : <NoAccess title={t('admin.page.users')} />
}

function Person() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/shell/settings/users/$id' })
  const navigate = useNavigate()
  const query = api.useQuery('get', '/api/v1/users/{id}', { params: { path: { id } } })
  const [changing, setChanging] = useState(false)
  const user = query.data
  return (
    <Page
      title={user?.name ?? t('admin.page.users')}
      back={{ label: t('admin.page.users'), onClick: () => void navigate({ to: '/settings/users', search: {} }) }}
      badges={user?.kind === 'service' && <Tag>{t('admin.user.program')}</Tag>}
      actions={
        user && (
          <Button type="primary" onClick={() => setChanging(true)}>
            {t('admin.person.change')}
          </Button>
        )
      }
    >
      <QueryView query={query} lines={8}>
        {(u) => (
          <div className="settings-column">
            <Account user={u} />
            {u.kind === 'person' && <Posts id={u.id} />}
            {u.kind === 'person' && <Away id={u.id} />}
            {u.kind === 'person' && <Sessions id={u.id} />}
            <Suspense>{u.kind === 'person' && <PersonFactors id={u.id} name={u.name} />}</Suspense>
            <TokensPanel owner={u.id} make={u.kind === 'service'} />
            <History id={u.id} />
          </div>
        )}
      </QueryView>
      <Suspense>{changing && user && <UserForm user={user} onClose={() => setChanging(false)} />}</Suspense>
    </Page>
  )
}

/** The units from the top to a unit. */
function pathTo(units: Unit[], id: string): Unit[] {
  const byId = new Map(units.map((u) => [u.id, u]))
  const path: Unit[] = []
  for (let at = byId.get(id); at && !path.includes(at); at = byId.get(at.parent_id)) path.unshift(at)
  return path
}

function Account({ user: u }: { user: User }) {
  const { t } = useTranslation()
  const units = useUnits()
  const path = pathTo(units.query.data?.items ?? [], u.unit_id)
  // Whoever leads the nearest unit upwards, and not the person himself.
  const manager = path.findLast((x) => x.manager_id && x.manager_id !== u.id)
  return (
    <Panel title={t('admin.me.who')}>
      <Fields
        items={[
          { label: t('session.login'), value: u.login },
          { label: t('admin.user.email'), value: u.email },
          {
            label: t('admin.user.state_title'),
            value: (
              <StatusDot tone={u.state === 'active' ? 'ok' : 'neutral'} label={t(`admin.user.state.${u.state}`)} />
            ),
          },
          {
            label: t('admin.user.roles'),
            value: u.roles.map((r) => t(`admin.role.${r}`, { defaultValue: r })).join(t('kit.list_comma')),
          },
          { label: t('admin.user.unit'), value: path.map(units.name).join(' / '), wide: true },
          { label: t('admin.person.manager'), value: manager?.manager_name },
          {
            label: t('admin.person.leads'),
            value: units.tree
              .filter((b) => b.unit.manager_id === u.id)
              .map((b) => units.name(b.unit))
              .join(t('kit.list_comma')),
          },
        ]}
      />
    </Panel>
  )
}

function Posts({ id }: { id: string }) {
  const { t } = useTranslation()
  const text = useText()
  const { nameOf } = useUnits()
  const query = api.useQuery('get', '/api/v1/holdings', { params: { query: { user: id } } })
  return (
    <Panel title={t('post.title')}>
      <QueryView query={query} lines={2}>
        {(list) =>
          list.items.length === 0 ? (
            <p className="muted">{t('admin.person.no_posts')}</p>
          ) : (
            <ul className="entries" aria-label={t('post.title')}>
              {list.items.map((h) => (
                <li key={h.id}>
                  <b>{text(h.title) || h.post}</b>
                  <span className="muted">{nameOf(h.unit_id) || t('post.everywhere')}</span>
                  <span className="muted num">
                    {h.until ? t('post.span', { from: h.from, until: h.until }) : t('post.since', { from: h.from })}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Panel>
  )
}

function Away({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = api.useQuery('get', '/api/v1/absences')
  return (
    <Panel title={t('post.away.title')}>
      <QueryView query={query} lines={2}>
        {(list) => {
          const mine = list.items.filter((a) => a.user_id === id || a.substitute_id === id)
          if (mine.length === 0) return <p className="muted">{t('post.away.none_mine')}</p>
          return (
            <ul className="entries" aria-label={t('post.away.title')}>
              {mine.map((a) => (
                <li key={a.id}>
                  <b>{a.user_name}</b>
                  <span className="muted">
                    {a.substitute_name ? t('post.away.by', { name: a.substitute_name }) : t('post.away.by_nobody')}
                  </span>
                  <span className="muted num">{t('post.span', { from: a.from, until: a.until })}</span>
                </li>
              ))}
            </ul>
          )
        }}
      </QueryView>
    </Panel>
  )
}

function Sessions({ id }: { id: string }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const refresh = useRefreshUnder('/api/v1/users')
  const query = api.useQuery('get', '/api/v1/users/{id}/sessions', { params: { path: { id } } })
  const endAll = () =>
    confirm({
      title: t('admin.session.end_all_title'),
      text: t('admin.session.end_text'),
      ok: t('admin.session.end_all'),
      danger: true,
      action: async () => {
        await http.DELETE('/api/v1/users/{id}/sessions', { params: { path: { id } } })
        await refresh()
      },
    })
  return (
    <Panel
      title={t('admin.me.sessions')}
      extra={
        Boolean(query.data?.items.length) && (
          <Button danger onClick={() => void endAll()}>
            {t('admin.session.end_all')}
          </Button>
        )
      }
    >
      <QueryView query={query} lines={2}>
        {(list) => <SessionList sessions={list.items} owner={id} />}
      </QueryView>
    </Panel>
  )
}

/** What was changed about the person, for those who may read the audit. */
function History({ id }: { id: string }) {
  const { t } = useTranslation()
  const may = usePermission('audit.read')
  const query = api.useQuery(
    'get',
    '/api/v1/audit',
    { params: { query: { entity: 'user', entity_id: id, limit: 50 } } },
    { enabled: may },
  )
  if (!may) return null
  return (
    <Panel title={t('admin.person.history')}>
      <QueryView query={query} lines={4}>
        {(list) => (
          <ul className="entries" aria-label={t('admin.person.history')}>
            {list.items.map((r) => (
              <li key={r.seq}>
                <b>{t(`admin.action.${r.action}`, { defaultValue: r.action })}</b>
                <span className="muted">{r.actor_name}</span>
                <span className="muted">
                  <DateText value={r.at} time />
                </span>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  )
}
