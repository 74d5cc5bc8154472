import { useTranslation } from 'react-i18next'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Page, Panel } from '@/kit/Page'
import { usePermission } from '@/kit/usePermission'
import { type Role, useRoles } from './data'
import { groupsOf } from './permissions'
import './admin.css'

/** What each role may do, and on whose customers. */
export default function RolesPage() {
  const { t } = useTranslation()
  const may = usePermission('user.manage')
  const roles = useRoles()
  if (!may) return <NoAccess title={t('admin.page.roles')} />
  return (
    <Page title={t('admin.page.roles')}>
      <Panel flush>
        <p className="muted panel-note">{t('admin.roles_about')}</p>
        <QueryView query={roles} lines={10}>
          {(list) => <Matrix roles={list.items} />}
        </QueryView>
      </Panel>
    </Page>
  )
}

function Matrix({ roles }: { roles: Role[] }) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section tabIndex={0} className="rights" aria-label={t('admin.page.roles')}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('admin.permission_title')}</th>
            {roles.map((r) => (
              <th key={r.name} scope="col">
                {t(`admin.role.${r.name}`, { defaultValue: r.name })}
              </th>
            ))}
          </tr>
        </thead>
        {groupsOf(roles).map(([group, permissions]) => (
          <tbody key={group}>
            <tr className="rights-group">
              <th scope="colgroup" colSpan={roles.length + 1}>
                {t(`admin.group.${group}`, { defaultValue: group })}
              </th>
            </tr>
            {permissions.map((p) => (
              <tr key={p}>
                <th scope="row">{t(`admin.permission.${p}`, { defaultValue: p })}</th>
                {roles.map((r) => (
                  <td key={r.name}>
                    <Reach reach={r.permissions[p]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  )
}

function Reach({ reach }: { reach: string | undefined }) {
  const { t } = useTranslation()
  if (!reach || reach === 'none') return <span className="none">{t('admin.reach.none')}</span>
  return <span className={`reach reach-${reach}`}>{t(`admin.reach.${reach}`, { defaultValue: reach })}</span>
}
