import { Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http, type Schemas, useRefreshUnder } from '@/api/client'
import { AreaLink } from '@/kit/AreaLink'
import { FormDrawer } from '@/kit/FormDrawer'
import { QueryView } from '@/kit/Loading'
import { usePasswordLength } from '@/kit/usePasswordLength'
import { usePermission } from '@/kit/usePermission'
import { type User, useRoles, useUnits } from './data'

type Write = Schemas['UserWrite']

interface Values {
  name: string
  login: string
  email?: string
  password?: string
  unit_id?: string
  roles: string[]
  locale: 'zh' | 'en'
  active: boolean
  must_change_password?: boolean
}

/** bodyOf is what is sent: an empty password and an unchanged state are left out. */
export function bodyOf(v: Values, user: User | undefined): Write {
  return {
    name: v.name.trim(),
    login: v.login.trim(),
    email: v.email?.trim() ?? '',
    password: v.password || undefined,
    unit_id: v.unit_id ?? '',
    roles: v.roles,
    locale: v.locale,
    state: user ? (v.active ? 'active' : 'disabled') : undefined,
    must_change_password: v.must_change_password ?? false,
  }
}

interface Props {
  /** The user who is changed; without it one is added. */
  user?: User
  /** The account that is added is that of a program. */
  program?: boolean
  onClose: () => void
}

/** Adds a user, or changes one. */
export default function UserForm({ user, program, onClose }: Props) {
  const { t } = useTranslation()
  const refresh = useRefreshUnder('/api/v1/users', '/api/v1/colleagues', '/api/v1/audit')
  const units = useUnits()
  const shortest = usePasswordLength()
  const heads = usePermission('customer.assign')
  const required = { required: true, whitespace: true, message: t('kit.form.required') }
  const signsIn = !program && user?.kind !== 'service'
  const save = async (v: Values) => {
    const body = bodyOf(v, user)
    if (user) {
      await http.PATCH('/api/v1/users/{id}', {
        params: { path: { id: user.id }, header: { 'If-Match': `"${user.version}"` } },
        body,
      })
    } else await http.POST('/api/v1/users', { body: { ...body, kind: program ? 'service' : 'person' } })
    await refresh()
  }
  return (
    <FormDrawer<Values>
      open
      title={
        user ? t('admin.user.change', { name: user.name }) : t(program ? 'admin.user.add_program' : 'admin.user.add')
      }
      initial={initial(user, program)}
      submitText={user ? undefined : t(program ? 'admin.user.add_program' : 'admin.user.add')}
      done={user ? t('admin.user.changed') : t('admin.user.added')}
      onSubmit={save}
      onClose={onClose}
    >
      <div className="two">
        <Form.Item name="name" label={t('admin.user.name')} rules={[required]}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="login" label={t('session.login')} rules={[required]}>
          <Input maxLength={64} autoCapitalize="none" autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label={t('admin.user.email')}>
          <Input maxLength={200} inputMode="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="unit_id" label={t('admin.user.unit')}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={units.tree.map((b) => ({ value: b.unit.id, label: units.name(b.unit) }))}
          />
        </Form.Item>
      </div>
      <Form.Item
        name="roles"
        label={t('admin.user.roles')}
        rules={[{ required: true, message: t('admin.user.role_needed') }]}
      >
        <RolesInput />
      </Form.Item>
      {signsIn && (
        <>
          <Form.Item
            name="password"
            label={user ? t('admin.user.new_password') : t('admin.user.first_password')}
            extra={user ? t('admin.user.new_password_hint') : t('session.setup.password_hint', { n: shortest })}
            rules={[
              ...(user ? [] : [required]),
              { min: shortest, message: t('session.setup.password_hint', { n: shortest }) },
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item name="must_change_password" valuePropName="checked">
            <Checkbox>{t('admin.user.must_change')}</Checkbox>
          </Form.Item>
        </>
      )}
      {!signsIn && <p className="muted form-about">{t('admin.user.program_about')}</p>}
      <Form.Item name="locale" label={t('admin.me.language')}>
        <Select
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Form.Item>
      {user && (
        <Form.Item name="active" valuePropName="checked" extra={t('admin.user.active_hint')}>
          <Checkbox>{t('admin.user.active')}</Checkbox>
        </Form.Item>
      )}
      {user && heads && (
        <p className="muted">
          <AreaLink to={`/service/handovers?person=${user.id}`}>{t('admin.user.hand_over')}</AreaLink>
        </p>
      )}
    </FormDrawer>
  )
}

function initial(user: User | undefined, program = false): Partial<Values> {
  if (!user)
    return {
      roles: [program ? 'auditor' : 'customer_manager'],
      locale: 'zh',
      active: true,
      must_change_password: !program,
    }
  return {
    name: user.name,
    login: user.login,
    email: user.email,
    unit_id: user.unit_id || undefined,
    roles: user.roles,
    locale: user.locale === 'en' ? 'en' : 'zh',
    active: user.state === 'active',
    must_change_password: user.must_change_password,
  }
}

/** The roles with what each may do. */
function RolesInput({ value = [], onChange }: { value?: string[]; onChange?: (v: string[]) => void }) {
  const { t } = useTranslation()
  const roles = useRoles()
  const toggle = (name: string, on: boolean) => onChange?.(on ? [...value, name] : value.filter((r) => r !== name))
  return (
    <QueryView query={roles} lines={4}>
      {(list) => (
        <div className="roles">
          {list.items.map((r) => (
            <Checkbox key={r.name} checked={value.includes(r.name)} onChange={(e) => toggle(r.name, e.target.checked)}>
              {t(`admin.role.${r.name}`, { defaultValue: r.name })}
              <span className="role-about muted">{t(`admin.role_about.${r.name}`, { defaultValue: '' })}</span>
            </Checkbox>
          ))}
        </div>
      )}
    </QueryView>
  )
}
