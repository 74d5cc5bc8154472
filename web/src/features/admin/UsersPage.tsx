import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { UserPlus } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { DataTable } from '@/kit/DataTable'
import { DateText } from '@/kit/DateText'
import { EmptyState } from '@/kit/EmptyState'
import { NoAccess } from '@/kit/NoAccess'
import { Page } from '@/kit/Page'
import { SearchInput } from '@/kit/SearchInput'
import { StatusDot } from '@/kit/StatusDot'
import type { Column } from '@/kit/tableLayout'
import { usePermission } from '@/kit/usePermission'
import { type User, useUnits } from './data'
import './admin.css'

const UserForm = lazy(() => import('./UserForm'))

/** The people who use the program. */
export default function UsersPage() {
  const { t } = useTranslation()
  const may = usePermission('user.manage')
  return may ? <Users /> : <NoAccess title={t('admin.page.users')} />
}

function Users() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/settings/users' })
  const list = api.useQuery('get', '/api/v1/users')
  const columns = useColumns()
  const set = (s: Partial<typeof search>) =>
    void navigate({ to: '/settings/users', search: { ...search, ...s }, replace: 'q' in s })
  const q = search.q?.toLowerCase() ?? ''
  const rows = list.data?.items.filter((u) => [u.name, u.login, u.email].some((x) => x.toLowerCase().includes(q)))
  const add = (
    <>
      <Button onClick={() => void navigate({ to: '/settings/staff-import', search: {} })}>
        {t('admin.user.import')}
      </Button>
      <Button onClick={() => set({ open: 'program' })}>{t('admin.user.add_program')}</Button>
      <Button type="primary" icon={<UserPlus size={16} strokeWidth={1.75} />} onClick={() => set({ open: 'new' })}>
        {t('admin.user.add')}
      </Button>
    </>
  )
  return (
    <Page title={t('admin.page.users')} note={list.data?.items.length} fill actions={add}>
      <DataTable<User>
        id="users"
        label={t('admin.page.users')}
        columns={columns}
        rows={rows}
        rowKey={(u) => u.id}
        rowLabel={(u) => u.name}
        error={list.error}
        onRetry={() => void list.refetch()}
        refreshing={list.isRefetching}
        total={rows?.length}
        onOpen={(u) => void navigate({ to: '/settings/users/$id', params: { id: u.id } })}
        bar={
          <div className="filters">
            <SearchInput
              value={search.q ?? ''}
              placeholder={t('admin.user.find')}
              onChange={(v) => set({ q: v || undefined })}
            />
          </div>
        }
        card={(u) => <UserCard user={u} />}
        empty={<EmptyState title={t('admin.user.none')} hint={t('admin.user.none_hint')} actions={add} />}
      />
      <Suspense>
        {search.open && <UserForm program={search.open === 'program'} onClose={() => set({ open: undefined })} />}
      </Suspense>
    </Page>
  )
}

function useRoleNames(): (u: User) => string {
  const { t } = useTranslation()
  return (u) => u.roles.map((r) => t(`admin.role.${r}`, { defaultValue: r })).join(t('kit.list_comma'))
}

function UserState({ user }: { user: User }) {
  const { t } = useTranslation()
  const on = user.state === 'active'
  return <StatusDot tone={on ? 'ok' : 'neutral'} label={t(`admin.user.state.${user.state}`)} />
}

function useColumns(): Column<User>[] {
  const { t } = useTranslation()
  const { nameOf } = useUnits()
  const roles = useRoleNames()
  return [
    {
      key: 'name',
      title: t('admin.user.name'),
      width: 120,
      fixed: true,
      locked: true,
      render: (u) => (
        <Link className="link" to="/settings/users/$id" params={{ id: u.id }}>
          {u.name}
        </Link>
      ),
    },
    {
      key: 'kind',
      title: t('admin.user.kind'),
      width: 80,
      optional: true,
      render: (u) => t(`admin.user.kinds.${u.kind}`),
    },
    { key: 'login', title: t('session.login'), width: 150, render: (u) => u.login },
    { key: 'roles', title: t('admin.user.roles'), width: 140, render: roles },
    { key: 'unit', title: t('admin.user.unit'), width: 120, render: (u) => nameOf(u.unit_id) || '—' },
    { key: 'state', title: t('admin.user.state_title'), width: 96, render: (u) => <UserState user={u} /> },
    { key: 'email', title: t('admin.user.email'), width: 256, render: (u) => u.email || '—' },
    { key: 'since', title: t('admin.user.since'), width: 112, render: (u) => <DateText value={u.created_at} /> },
  ]
}

function UserCard({ user }: { user: User }) {
  const { nameOf } = useUnits()
  const roles = useRoleNames()
  return (
    <>
      <div className="card-row">
        <Link className="card-link" to="/settings/users/$id" params={{ id: user.id }}>
          {user.name}
        </Link>
        <UserState user={user} />
      </div>
      <span className="muted">{[user.login, nameOf(user.unit_id)].filter(Boolean).join(' · ')}</span>
      <span>{roles(user)}</span>
    </>
  )
}
